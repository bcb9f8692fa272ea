import { useMutation } from "@tanstack/react-query";
import { call } from "../../../ipc/call";
import { useNotify } from "../../../notify/NotifyContext";

/** Ends a run that is going on; what was published stays on record. */
export function useCancelRun() {
  const notify = useNotify();
  return useMutation({
    mutationFn: (runId: string) => call<null>("cancel_run", { runId }),
    onError: (error) => notify.fail("The run could not be cancelled", error, "cancel-run"),
  });
}
