import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { RunSummary } from "../ipc/bindings/RunSummary";
import { call } from "../ipc/call";
import { keys } from "../ipc/keys";
import { useLiveRun } from "./useLiveRun";

/** How to prove: with the event bus logging the way of the events, for as long as the run goes on. */
interface How {
  logged: boolean;
}

/** Publishes the action's events and follows the run. */
export function useProof(actionId: string | null) {
  const queries = useQueryClient();
  const prove = useMutation<RunSummary, Error, How | undefined>({
    mutationFn: (how) => (how?.logged ? call<RunSummary>("start_run", { start: { action_id: actionId, bus_logging: true } }) : call<RunSummary>("prove", { actionId })),
    onSuccess: () => queries.invalidateQueries({ queryKey: keys.runs }),
  });
  return { prove, run: useLiveRun(prove.data ?? null) };
}

export type Proof = ReturnType<typeof useProof>;
