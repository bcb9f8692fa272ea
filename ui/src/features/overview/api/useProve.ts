import { useMutation, useQueryClient } from "@tanstack/react-query";
import { applyLive } from "../../../ipc/liveCache";
import { useNotify } from "../../../notify/NotifyContext";
import { keys } from "../../../ipc/keys";
import { startProof } from "../../../runs/startProof";
import { deadlineOf, useTour } from "../../../tour/TourContext";

/** Publishes an action's events and follows them; without an action, the demo action is made first. */
export function useProve() {
  const queries = useQueryClient();
  const notify = useNotify();
  const { tour } = useTour();
  return useMutation({
    mutationFn: (actionId: string | null) => startProof(actionId, deadlineOf(tour, actionId)),
    onSuccess: (run, actionId) => {
      applyLive(queries, [{ kind: "run", run }]);
      if (actionId === null) return queries.invalidateQueries({ queryKey: keys.overview });
    },
    onError: (error, actionId) => notify.fail("The proof could not be started", error, `prove-${actionId ?? "demo"}`),
  });
}
