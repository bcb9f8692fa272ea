import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { RunSummary } from "../../../ipc/bindings/RunSummary";
import { call } from "../../../ipc/call";
import { applyLive } from "../../../ipc/liveCache";
import { useNotify } from "../../../notify/NotifyContext";
import { keys } from "../../../ipc/keys";

/** Publishes an action's events and follows them; without an action, the demo action is made first. */
export function useProve() {
  const queries = useQueryClient();
  const notify = useNotify();
  return useMutation({
    mutationFn: (actionId: string | null) => call<RunSummary>("prove", { actionId }),
    onSuccess: (run, actionId) => {
      applyLive(queries, [{ kind: "run", run }]);
      if (actionId === null) return queries.invalidateQueries({ queryKey: keys.overview });
    },
    onError: (error, actionId) => notify.fail("The proof could not be started", error, `prove-${actionId ?? "demo"}`),
  });
}
