import type { DeliveryRow } from "../../../ipc/bindings/DeliveryRow";
import { formatDuration } from "../../../kit/format";
import type { StreamColumn } from "../../../kit/stream/StreamTable";
import { TimeText } from "../../../kit/TimeText";
import { Verdict } from "../../../kit/Verdict";

/** The columns of the live stream. */
export const COLUMNS: readonly StreamColumn<DeliveryRow>[] = [
  { id: "time", header: "Time", width: "96px", cell: (row) => (row.published_at ? <TimeText at={row.published_at} /> : "–") },
  { id: "type", header: "Event type", width: "minmax(178px, 1.2fr)", cell: (row) => <b>{row.event_type}</b> },
  { id: "incident", header: "Incident", width: "82px", cell: (row) => <span className="wb-num">{row.incident_id}</span> },
  { id: "verdict", header: "Verdict", width: "112px", cell: (row) => <Verdict verdict={row.verdict} /> },
  { id: "latency", header: "Latency", width: "72px", cell: (row) => <span className="wb-num">{formatDuration(row.latency_ms)}</span> },
  { id: "event", header: "Event id", width: "minmax(96px, 1fr)", cell: (row) => <Id id={row.event_id} /> },
  { id: "request", header: "Request id", width: "minmax(64px, 0.8fr)", cell: (row) => <Id id={row.request_id} /> },
];

function Id({ id }: { id: string | null }) {
  return <span className="wb-mono wb-secondary" title={id ?? undefined}>{id ?? "–"}</span>;
}
