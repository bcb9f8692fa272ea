import { useState } from "react";
import { useQuery } from "@tanstack/react-query";
import type { BoardCell } from "../ipc/bindings/BoardCell";
import type { EventType } from "../ipc/bindings/EventType";
import type { RunReport } from "../ipc/bindings/RunReport";
import { call } from "../ipc/call";
import { keys } from "../ipc/keys";
import { useLive } from "../ipc/LiveContext";
import { EVENT_TYPES } from "../kit/eventTypes";

type Outcome = Pick<BoardCell, "event_type" | "verdict" | "latency_ms">;

/** The nine cells of a run as they settle; rows that came before the run's id was known count too. */
export function useRunBoard(runId: string | null, chosen: readonly EventType[]): BoardCell[] {
  const [live, setLive] = useState<ReadonlyMap<string, Outcome>>(new Map());
  useLive((batch) => {
    const rows = batch.flatMap((event) => (event.kind === "deliveries" ? event.rows : []));
    if (rows.length > 0) setLive((before) => new Map([...before, ...rows.map((row) => [`${row.run_id} ${row.event_type}`, row] as const)]));
  });
  const report = useQuery({
    queryKey: keys.run(runId ?? ""),
    queryFn: () => call<RunReport>("run", { runId }),
    enabled: runId !== null,
  });
  return EVENT_TYPES.map((event_type) => {
    const read = report.data?.events.findLast((event) => event.event_type === event_type);
    const { verdict = null, latency_ms = null } = newer(live.get(`${runId} ${event_type}`), read) ?? {};
    return { event_type, chosen: chosen.includes(event_type), verdict, latency_ms };
  });
}

/** Of what the channel said and what was read, the one that is settled; the channel's where both are. */
function newer(live: Outcome | undefined, read: Outcome | undefined): Outcome | undefined {
  if (!live || !read) return live ?? read;
  return live.verdict === "waiting" ? read : live;
}
