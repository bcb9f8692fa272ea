import { useState } from "react";
import Button from "@cloudscape-design/components/button";
import type { DeliveryDetail } from "../../../ipc/bindings/DeliveryDetail";
import type { DeliveryRow } from "../../../ipc/bindings/DeliveryRow";
import { DiffView } from "../../../kit/diff/DiffView";
import { formatDuration } from "../../../kit/format";
import { TimeText } from "../../../kit/TimeText";
import { Verdict } from "../../../kit/Verdict";
import { useDelivery } from "../api/useDelivery";

/** The same event published several times: each attempt with its verdict, and what was sent side by side. */
export function Attempts({ detail, onSelect }: { detail: DeliveryDetail; onSelect: (row: DeliveryRow) => void }) {
  const [compared, setCompared] = useState(false);
  const { first_attempt: first, further_attempts: further } = detail;
  const attempts = first ? [first, detail.row, ...further] : [detail.row, ...further];
  if (attempts.length === 1) return null;
  const other = first ?? further.at(-1);
  return (
    <section className="attempts" aria-label="Attempts">
      <table>
        <thead><tr><th>Attempt</th><th>Sent</th><th>Incident</th><th>Verdict</th><th>Latency</th><th>Event id</th><th /></tr></thead>
        <tbody>
          {attempts.map((attempt, at) => (
            <tr key={attempt.id} aria-current={attempt.id === detail.row.id}>
              <td>{at === 0 ? "First" : `Again${attempts.length > 2 ? ` ${at}` : ""}`}</td>
              <td>{attempt.published_at ? <TimeText at={attempt.published_at} /> : "–"}</td>
              <td className="wb-num">{attempt.incident_id}</td>
              <td><Verdict verdict={attempt.verdict} /></td>
              <td className="wb-num">{formatDuration(attempt.latency_ms)}</td>
              <td className="wb-mono">{attempt.event_id ?? "–"}</td>
              <td>{attempt.id === detail.row.id ? <span className="wb-secondary">shown</span> : <Button variant="inline-link" ariaLabel={`Show attempt ${at + 1}`} onClick={() => onSelect(attempt)}>Show</Button>}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {other && <Button variant="inline-link" onClick={() => setCompared(!compared)}>{compared ? "Hide the comparison" : "Compare what was sent"}</Button>}
      {compared && other && <Comparison detail={detail} other={other} isFirst={first !== null} />}
    </section>
  );
}

function Comparison({ detail, other, isFirst }: { detail: DeliveryDetail; other: DeliveryRow; isFirst: boolean }) {
  const { data } = useDelivery(other);
  if (!data) return null;
  const [left, right] = isFirst ? [data.sent, detail.sent] : [detail.sent, data.sent];
  return <DiffView left={{ title: "First sent", text: left }} right={{ title: "Sent again", text: right }} />;
}
