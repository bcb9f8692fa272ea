import StatusIndicator from "@cloudscape-design/components/status-indicator";
import type { IncidentStepReport } from "../../../ipc/bindings/IncidentStepReport";
import { Link } from "../../../kit/Link";
import { paths } from "../../../router/paths";
import { WithheldAction } from "./WithheldAction";
import "../sources.css";

interface StepReportProps {
  report: IncidentStepReport;
  onReport: (report: IncidentStepReport) => void;
}

/** What one step did: through which alert actions it was published, and where it was withheld and why. */
export function StepReport({ report, onReport }: StepReportProps) {
  const { event_type, published, withheld } = report;
  return (
    <section className="report" aria-label={`What ${event_type} did`} data-testid="step-report">
      <h3>{event_type}</h3>
      <ul>
        {published.length + withheld.length === 0 && <li className="wb-secondary">This alert source has no alert action: nothing was published.</li>}
        {published.map(({ action, action_id, run_id }) => (
          <li key={action_id}>
            <StatusIndicator type="success">Published</StatusIndicator>
            <span>through <Link href={paths.action(action_id)}>{action}</Link></span>
            <Link href={paths.deliveries(run_id)}>See its delivery</Link>
          </li>
        ))}
        {withheld.map((one) => (
          <WithheldAction key={one.action_id} withheld={one} incidentId={report.incident.id} eventType={event_type} onReport={onReport} />
        ))}
      </ul>
    </section>
  );
}
