import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import type { DriftView } from "../ipc/bindings/DriftView";
import { call } from "../ipc/call";
import { keys } from "../ipc/keys";

/** Where a chain differs from its record, field by field; asked anew each time. */
export const driftQuery = (actionId: string) =>
  queryOptions({ queryKey: ["drift", actionId], queryFn: () => call<DriftView>("drift", { actionId }), staleTime: 0, gcTime: 0 });

/** What can be done about a difference; each acts only on what was shown. */
export function useDriftActs(actionId: string) {
  const queries = useQueryClient();
  const settled = {
    onSuccess: (drift: DriftView) => queries.setQueryData(driftQuery(actionId).queryKey, drift),
    onSettled: () => Promise.all([keys.overview, keys.chains, keys.actions].map((queryKey) => queries.invalidateQueries({ queryKey }))),
  };
  const take = useMutation({ mutationFn: (shown: string) => call<DriftView>("take_drift", { actionId, shown }), ...settled });
  const restore = useMutation({ mutationFn: (shown: string) => call<DriftView>("restore_drift", { actionId, shown }), ...settled });
  return { take, restore };
}
