import { useMutation } from "@tanstack/react-query";
import type { Exported } from "../ipc/bindings/Exported";
import type { ReportFormat } from "../ipc/bindings/ReportFormat";
import { call } from "../ipc/call";
import { copyText } from "../kit/copyText";
import { formatCount } from "../kit/format";
import { useNotify } from "../notify/NotifyContext";

/** Writes the sealed report of a run to a file in the data folder, and says where it lies. */
export function useEvidence(runId: string) {
  const notify = useNotify();
  return useMutation<Exported, Error, ReportFormat>({
    mutationFn: (format) => call<Exported>("save_report", { runId, format }),
    onSuccess: ({ path, rows }) =>
      notify.show({
        type: "success",
        id: "evidence",
        header: `The evidence of ${rows === 1 ? "1 event" : `${formatCount(rows)} events`} was saved`,
        content: path,
        action: { text: "Copy path", onClick: () => void copyText(Promise.resolve(path)) },
      }),
    onError: (error) => notify.fail("The evidence was not saved", error, "evidence"),
  });
}
