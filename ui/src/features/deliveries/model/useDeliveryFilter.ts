import { useMemo, useState } from "react";
import type { DeliveryFilter } from "../../../ipc/bindings/DeliveryFilter";
import type { Verdict } from "../../../ipc/bindings/Verdict";
import { useDebounced } from "../../../kit/useDebounced";
import { NO_FILTER } from "./filter";

const TYPING_MS = 150;

/** The filter as the reader sets it; the run comes from the address. */
export function useDeliveryFilter(runId: string | null) {
  const [verdicts, setVerdicts] = useState<Verdict[]>([]);
  const [text, setText] = useState("");
  const settled = useDebounced(text.trim(), TYPING_MS);
  const filter = useMemo<DeliveryFilter>(
    () => ({ ...NO_FILTER, run_id: runId, verdicts, text: settled || null }),
    [runId, settled, verdicts],
  );
  const toggle = (verdict: Verdict) =>
    setVerdicts((chosen) => (chosen.includes(verdict) ? chosen.filter((other) => other !== verdict) : [...chosen, verdict]));
  const clear = () => {
    setVerdicts([]);
    setText("");
  };
  return { filter, text, setText, toggle, clear };
}
