import { useMutation } from "@tanstack/react-query";
import { call } from "../../../ipc/call";
import { useNotify } from "../../../notify/NotifyContext";

/** Publishes nothing more of a run; what was sent is still tracked. */
export function useCancelRun() {
  const notify = useNotify();
  return useMutation({
    mutationFn: (runId: string) => call<null>("cancel_run", { runId }),
    onError: (error) => notify.fail("The run could not be stopped", error, "cancel-run"),
  });
}
