import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
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
  live: readonly StepView[];
  working: boolean;
  complete: boolean;
  run: SetupRun;
}

/** Every AWS call with its request; while it works, how far it is. */
export function ReviewCalls({ plan, outcome, live, working, complete, run }: ReviewCallsProps) {
  const steps = outcome?.steps ?? (working ? live.reduce(withStep, plan.data?.steps ?? []) : plan.data?.steps) ?? [];
  const finished = live.filter((step) => step.status !== "running" && step.status !== "planned").length;
  return (
    <Container
      header={
        <Header variant="h2" description={description(steps, outcome)} actions={complete && !working && <UndoButton run={run} />}>
          AWS calls
        </Header>
      }
    >
      <SpaceBetween size="s">
        {working && <ProgressBar value={steps.length === 0 ? 0 : (100 * finished) / steps.length} ariaLabel="Set-up" additionalInfo={`${finished} of ${steps.length} calls`} />}
        {!working && plan.isPending && <div><Spinner /> Reading AWS…</div>}
        {!working && plan.isError && <ErrorState title="AWS could not be read" error={plan.error} onRetry={() => void plan.refetch()} />}
        {steps.length > 0 && <PlannedCalls steps={steps} inputs />}
      </SpaceBetween>
    </Container>
  );
}

function description(steps: readonly StepView[], outcome: SetupOutcome | undefined): string {
  if (outcome) return outcome.complete ? "The whole chain stands." : "The set-up stopped before the end.";
  const writes = steps.filter((step) => step.writes && step.status === "planned").length;
  if (writes === 0) return "Nothing is left to write.";
  return writes === 1 ? "One call will write." : `${writes} calls will write.`;
}
