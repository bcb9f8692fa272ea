import { useState } from "react";
import { useQuery } from "@tanstack/react-query";
import type { DeliveriesPage } from "../../../ipc/bindings/DeliveriesPage";
import type { DeliveryFilter } from "../../../ipc/bindings/DeliveryFilter";
import type { DeliveryRow } from "../../../ipc/bindings/DeliveryRow";
import { call } from "../../../ipc/call";
import { useLive } from "../../../ipc/LiveContext";

/** Events of a run that are listed; all of them stand in the deliveries. */
export const LISTED = 20;

/** The newest events of a run with their verdicts as they come in. */
export function useResults(runId: string) {
  const filter: DeliveryFilter = { run_id: runId, action_id: null, verdicts: [], event_types: [], text: null, from: null, until: null };
  const [live, setLive] = useState<ReadonlyMap<number, DeliveryRow>>(new Map());
  const query = useQuery({
    queryKey: ["results", runId],
    queryFn: () => call<DeliveriesPage>("deliveries", { filter, before: null, limit: LISTED }),
    staleTime: 0,
  });
  useLive((batch) => {
    const rows = batch.flatMap((event) => (event.kind === "deliveries" ? event.rows.filter((row) => row.run_id === runId) : []));
    if (rows.length > 0) setLive((before) => new Map(newest([...before.values(), ...rows]).map((row) => [row.id, row])));
  });
  const rows = newest([...(query.data?.rows ?? []), ...live.values()]);
  return { rows, error: query.error, isPending: query.isPending };
}

/** Each event as it was told last, newest first. */
function newest(rows: readonly DeliveryRow[]): DeliveryRow[] {
  const latest = new Map(rows.map((row) => [row.id, row]));
  return [...latest.values()].sort((one, other) => other.id - one.id).slice(0, LISTED);
}
