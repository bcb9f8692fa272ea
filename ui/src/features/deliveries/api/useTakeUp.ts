import { useMutation } from "@tanstack/react-query";
import { call } from "../../../ipc/call";
import { useNotify } from "../../../notify/NotifyContext";

/** Takes up the interrupted runs of the connection in use; each is followed live until it has its verdicts. */
export function useTakeUp() {
  const notify = useNotify();
  return useMutation({
    mutationFn: () => call<null>("take_up_runs", {}),
    onError: (error) => notify.fail("The interrupted runs stay as they are", error, "take-up-runs"),
  });
}
