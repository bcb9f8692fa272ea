import Button from "@cloudscape-design/components/button";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import type { EventType } from "../../../ipc/bindings/EventType";
import type { IncidentStepReport } from "../../../ipc/bindings/IncidentStepReport";
import type { IncidentWithheld } from "../../../ipc/bindings/IncidentWithheld";
import { ErrorState } from "../../../kit/ErrorState";
import { Link } from "../../../kit/Link";
import { paths } from "../../../router/paths";
import { usePublishIncident } from "../api/incidents";

interface WithheldActionProps {
  withheld: IncidentWithheld;
  incidentId: string;
  eventType: EventType;
  onReport: (report: IncidentStepReport) => void;
}

/** An alert action that did not publish the step, why, and the click of a Manual one. */
export function WithheldAction({ withheld, incidentId, eventType, onReport }: WithheldActionProps) {
  const publish = usePublishIncident(incidentId, eventType);
  return (
    <li>
      <StatusIndicator type="stopped">Withheld</StatusIndicator>
      <span>at <Link href={paths.action(withheld.action_id)}>{withheld.action}</Link>: {withheld.reason}</span>
      {withheld.on_click && (
        <Button variant="inline-link" loading={publish.isPending} disabled={publish.isSuccess} onClick={() => publish.mutate(withheld.action_id, { onSuccess: onReport })} data-testid="publish-now">
          {publish.isSuccess ? "Published" : "Publish now"}
        </Button>
      )}
      {publish.error && <ErrorState title="The event was not published" error={publish.error} />}
    </li>
  );
}
