import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import type { AdoptableView } from "../../../ipc/bindings/AdoptableView";
import type { ChainView } from "../../../ipc/bindings/ChainView";
import { call } from "../../../ipc/call";
import { keys } from "../../../ipc/keys";

/** Chains that somebody made and that could be adopted; a large account takes a few seconds. */
export const adoptableQuery = queryOptions({ queryKey: ["adoptable"], queryFn: () => call<AdoptableView[]>("adoptable"), staleTime: 0, gcTime: 0 });

/** Takes a chain into its alert action's record; nothing on AWS changes. */
export function useAdopt() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ action_id, rule, queue }: AdoptableView) => call<ChainView>("adopt_chain", { actionId: action_id, rule, queue }),
    onSuccess: () => Promise.all([["adoptable"], keys.overview, keys.actions, keys.chains].map((queryKey) => queries.invalidateQueries({ queryKey }))),
  });
}
