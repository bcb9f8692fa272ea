import { useMutation } from "@tanstack/react-query";
import type { RunReport } from "../../../ipc/bindings/RunReport";
import { call } from "../../../ipc/call";
import { copyText } from "../../../kit/copyText";
import { useNotify } from "../../../notify/NotifyContext";

/** Puts the whole report of a run on the clipboard, as `waybill runs show --format json` prints it. */
export function useCopyReport() {
  const notify = useNotify();
  return useMutation({
    mutationFn: (runId: string) => copyText(call<RunReport>("run", { runId }).then((report) => JSON.stringify(report, null, 2))),
    onSuccess: () => notify.show({ type: "success", header: "The report of the run was copied as JSON", id: "copy-report" }),
    onError: (error) => notify.fail("The report could not be copied", error, "copy-report"),
  });
}
