import { useCallback, useSyncExternalStore } from "react";
import { useQueryClient } from "@tanstack/react-query";
import type { DiagnosisView } from "../bindings/DiagnosisView";
import { keys } from "../keys";

/** How many chains have a cause, as far as they were diagnosed since they changed last. */
export function useCauses(): number {
  const cache = useQueryClient().getQueryCache();
  const subscribe = useCallback((changed: () => void) => cache.subscribe(changed), [cache]);
  return useSyncExternalStore(subscribe, () => {
    const known = cache.findAll({ queryKey: keys.diagnoses }).filter((query) => !query.state.isInvalidated);
    return known.filter((query) => (query.state.data as DiagnosisView | undefined)?.healthy === false).length;
  });
}
