import { useState } from "react";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import ProgressBar from "@cloudscape-design/components/progress-bar";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Spinner from "@cloudscape-design/components/spinner";
import type { UseQueryResult } from "@tanstack/react-query";
import type { PlanView } from "../../../ipc/bindings/PlanView";
import type { SetupOutcome } from "../../../ipc/bindings/SetupOutcome";
import type { StepView } from "../../../ipc/bindings/StepView";
import { ErrorState } from "../../../kit/ErrorState";
import { withStep, type SetupRun } from "../api/useSetupRun";
import { PlannedCalls } from "./PlannedCalls";
import { UndoButton } from "./UndoButton";

interface ReviewCallsProps {
  plan: UseQueryResult<PlanView, Error>;
  outcome: SetupOutcome | undefined;
  complete: boolean;
  run: SetupRun;
  /** Name of the alert action. */
  name: string;
}

/** Every AWS call with its request; while it works, how far it is. Folded once the chain stands, so that the proof is in sight. */
export function ReviewCalls({ plan, outcome, complete, run, name }: ReviewCallsProps) {
  const [opened, setOpened] = useState<boolean | null>(null);
  const working = run.apply.isPending;
  const planned = plan.data?.steps ?? [];
  const steps = outcome?.steps ?? (working ? run.live.reduce(withStep, planned) : planned);
  return (
    <ExpandableSection
      variant="container"
      expanded={working || (opened ?? !complete)}
      onChange={({ detail }) => setOpened(detail.expanded)}
      headerText="AWS calls"
      headerDescription={complete ? "The whole chain stands." : description(steps, outcome)}
      headerActions={complete && !working && <UndoButton run={run} name={name} />}
    >
      <SpaceBetween size="s">
        {working && <Progress live={run.live} total={steps.length} />}
        {!working && plan.isPending && <div><Spinner /> Reading AWS…</div>}
        {!working && plan.isError && <ErrorState title="AWS could not be read" error={plan.error} onRetry={() => void plan.refetch()} />}
        {steps.length > 0 && <PlannedCalls steps={steps} planned={!working && !outcome} inputs />}
      </SpaceBetween>
    </ExpandableSection>
  );
}

function Progress({ live, total }: { live: readonly StepView[]; total: number }) {
  const finished = live.filter((step) => step.status !== "running" && step.status !== "planned").length;
  return <ProgressBar value={total === 0 ? 0 : (100 * finished) / total} ariaLabel="Set-up" additionalInfo={`${finished} of ${total} calls`} />;
}

function description(steps: readonly StepView[], outcome: SetupOutcome | undefined): string {
  if (outcome) return "The set-up stopped before the end.";
  const writes = steps.filter((step) => step.writes && step.status === "planned").length;
  if (writes === 0) return "Nothing is left to write.";
  return writes === 1 ? "One call will write." : `${writes} calls will write.`;
}
