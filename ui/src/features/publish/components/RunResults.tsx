import ExpandableSection from "@cloudscape-design/components/expandable-section";
import type { RunSummary } from "../../../ipc/bindings/RunSummary";
import { formatCount, formatDuration } from "../../../kit/format";
import { Link } from "../../../kit/Link";
import { TimeText } from "../../../kit/TimeText";
import { Verdict } from "../../../kit/Verdict";
import { isForDoctor } from "../../../kit/verdicts";
import { paths } from "../../../router/paths";
import { LISTED, useResults } from "../api/useResults";

/** What became of each event, the newest first. */
export function RunResults({ run }: { run: RunSummary }) {
  const { rows, error } = useResults(run.run_id);
  const title = run.total > LISTED ? `Event by event, the last ${LISTED} of ${formatCount(run.total)}` : "Event by event";
  return (
    <ExpandableSection headerText={title} variant="footer" defaultExpanded={run.total <= LISTED}>
      {error && <div className="t-bad wb-small" role="alert">{`The events could not be read: ${error.message}`}</div>}
      <table className="run-results">
        <thead><tr><th>Time</th><th>Event type</th><th>Incident</th><th>Verdict</th><th>Latency</th><th>Reason</th></tr></thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <td>{row.published_at ? <TimeText at={row.published_at} /> : "–"}</td>
              <td>{row.event_type}</td>
              <td className="wb-num">{row.incident_id}</td>
              <td><Verdict verdict={row.verdict} /></td>
              <td className="wb-num">{formatDuration(row.latency_ms)}</td>
              <td className="wb-secondary">{row.reason ?? ""} {isForDoctor(row.verdict) && <Link fontSize="body-s" href={paths.doctor(row.action_id, { delivery: row.id })}>Why?</Link>}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ExpandableSection>
  );
}
