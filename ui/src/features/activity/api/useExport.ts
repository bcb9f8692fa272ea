import { useMutation } from "@tanstack/react-query";
import type { ActivityFilter } from "../../../ipc/bindings/ActivityFilter";
import type { Exported } from "../../../ipc/bindings/Exported";
import type { ExportFormat } from "../../../ipc/bindings/ExportFormat";
import { call } from "../../../ipc/call";
import { copyText } from "../../../kit/copyText";
import { formatCount } from "../../../kit/format";
import { useNotify } from "../../../notify/NotifyContext";

/** Writes the calls that the filter lets through to a file in the data folder, and says where it lies. */
export function useExport(filter: ActivityFilter) {
  const notify = useNotify();
  return useMutation<Exported, Error, ExportFormat>({
    mutationFn: (format) => call<Exported>("export_activity", { filter, format }),
    onSuccess: ({ path, rows }) =>
      notify.show({
        type: "success",
        id: "export",
        header: rows === 1 ? "1 call was exported" : `${formatCount(rows)} calls were exported`,
        content: path,
        action: { text: "Copy path", onClick: () => void copyText(Promise.resolve(path)) },
      }),
    onError: (error) => notify.fail("The calls were not exported", error, "export"),
  });
}
