import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { RunSummary } from "../../../ipc/bindings/RunSummary";
import { call } from "../../../ipc/call";
import { keys } from "../../../ipc/keys";

/** Publishes an earlier event once more, as it was or with another detail: a run of its own. */
export function usePublishAgain(delivery: number) {
  const queries = useQueryClient();
  return useMutation<RunSummary, Error, string | null>({
    mutationFn: (detail) => call<RunSummary>("publish_again", { delivery, detail }),
    onSuccess: () => queries.invalidateQueries({ queryKey: keys.delivery(delivery) }),
  });
}
