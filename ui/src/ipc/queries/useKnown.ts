import { useCallback, useSyncExternalStore } from "react";
import { useQueryClient, type QueryKey } from "@tanstack/react-query";

/** What was read under a key already, if it was; it is not asked for here. */
export function useKnown<T>(queryKey: QueryKey): T | undefined {
  const queries = useQueryClient();
  const subscribe = useCallback((changed: () => void) => queries.getQueryCache().subscribe(changed), [queries]);
  return useSyncExternalStore(subscribe, () => queries.getQueryData<T>(queryKey));
}
