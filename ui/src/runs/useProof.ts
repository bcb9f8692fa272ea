import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { RunSummary } from "../ipc/bindings/RunSummary";
import { call } from "../ipc/call";
import { keys } from "../ipc/keys";
import { useLiveRun } from "./useLiveRun";

/** Publishes the action's events and follows the run. */
export function useProof(actionId: string | null) {
  const queries = useQueryClient();
  const prove = useMutation({
    mutationFn: () => call<RunSummary>("prove", { actionId }),
    onSuccess: () => queries.invalidateQueries({ queryKey: keys.runs }),
  });
  return { prove, run: useLiveRun(prove.data ?? null) };
}

export type Proof = ReturnType<typeof useProof>;
