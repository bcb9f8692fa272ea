import { useCallback, useMemo, useState } from "react";
import type { DeliveryFilter } from "../../../ipc/bindings/DeliveryFilter";
import type { Verdict } from "../../../ipc/bindings/Verdict";
import { NO_FILTER } from "./filter";
import type { Narrowing } from "./tokens";

/** The filter as the reader sets it; the run comes from the address. */
export function useDeliveryFilter(runId: string | null) {
  const [narrowing, setNarrowing] = useState<Narrowing>(NO_FILTER);
  const filter = useMemo<DeliveryFilter>(() => ({ ...NO_FILTER, ...narrowing, run_id: runId }), [narrowing, runId]);
  const toggle = (verdict: Verdict) =>
    setNarrowing((now) => ({ ...now, verdicts: now.verdicts.includes(verdict) ? now.verdicts.filter((other) => other !== verdict) : [...now.verdicts, verdict] }));
  const jumpTo = useCallback((until: string | null) => setNarrowing((now) => ({ ...now, until })), []);
  return { filter, narrow: setNarrowing, toggle, clear: () => setNarrowing(NO_FILTER), jumpTo };
}
