import { useState } from "react";
import type { DeliveryRow } from "../../../ipc/bindings/DeliveryRow";
import { useLive } from "../../../ipc/LiveContext";

/** What became of each step of a scenario's run, in their order; rows that came before the run's id was known count too. */
export function useStepRows(runId: string | null): readonly DeliveryRow[] {
  const [seen, setSeen] = useState<ReadonlyMap<number, DeliveryRow>>(new Map());
  useLive((batch) => {
    const rows = batch.flatMap((event) => (event.kind === "deliveries" ? event.rows : []));
    const own = runId === null ? rows : rows.filter((row) => row.run_id === runId);
    // A burst beside it is not for this list.
    if (own.length > 0 && own.length <= MOST_STEPS) setSeen((before) => new Map([...before, ...own.map((row) => [row.id, row] as const)].slice(-MOST_STEPS)));
  });
  return [...seen.values()].filter((row) => row.run_id === runId && row.published_at !== null).sort((one, other) => one.id - other.id);
}

/** No scenario has more. */
const MOST_STEPS = 200;
