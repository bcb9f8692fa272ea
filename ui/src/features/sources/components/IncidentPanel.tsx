import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { IncidentStepReport } from "../../../ipc/bindings/IncidentStepReport";
import type { IncidentView } from "../../../ipc/bindings/IncidentView";
import { ErrorState } from "../../../kit/ErrorState";
import { useStepIncident } from "../api/incidents";
import { STEP_ORDER, STEP_WORDS } from "../model/steps";
import { StepReport } from "./StepReport";

interface IncidentPanelProps {
  incident: IncidentView;
  /** What the steps taken here did, newest first. */
  reports: readonly IncidentStepReport[];
  onReport: (report: IncidentStepReport) => void;
}

/** The chosen incident: every step that is possible now, and what the steps did. */
export function IncidentPanel({ incident, reports, onReport }: IncidentPanelProps) {
  const step = useStepIncident(incident.id);
  const possible = STEP_ORDER.filter((type) => incident.possible.includes(type));
  return (
    <Container header={<Header variant="h2" description={incident.details || undefined}>{`${incident.id} · ${incident.summary}`}</Header>} data-testid="incident">
      <SpaceBetween size="s">
        {possible.length === 0 && <div className="wb-secondary">The incident is {incident.status}: no further step is possible.</div>}
        <div role="group" aria-label="Possible steps">
          <SpaceBetween direction="horizontal" size="xs">
            {possible.map((type) => (
              <Button
                key={type}
                disabled={step.isPending}
                loading={step.isPending && step.variables === type}
                onClick={() => step.mutate(type, { onSuccess: onReport })}
                data-testid={`step-${type}`}
              >
                {STEP_WORDS[type]}
              </Button>
            ))}
          </SpaceBetween>
        </div>
        {step.error && <ErrorState title="The step was not taken" error={step.error} />}
        {reports.map((report, index) => <StepReport key={reports.length - index} report={report} onReport={onReport} />)}
      </SpaceBetween>
    </Container>
  );
}
