import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { SetupOutcome } from "../../../ipc/bindings/SetupOutcome";
import { ErrorState } from "../../../kit/ErrorState";
import type { SetupRun } from "../api/useSetupRun";
import { asSentence } from "../../../forms/fieldProblems";
import { UndoButton } from "./UndoButton";

interface ApplyFailureProps {
  outcome: SetupOutcome | undefined;
  failure: Error | null;
  run: SetupRun;
  /** Name of the alert action. */
  name: string;
}

/** What failed, what was already made, and the two ways on: Retry and Undo. */
export function ApplyFailure({ outcome, failure, run, name }: ApplyFailureProps) {
  if (failure) return <ErrorState title="The set-up could not be started" error={failure} />;
  if (!outcome?.failure || run.apply.isPending) return null;
  const { message, made, step } = outcome.failure;
  const call = outcome.steps.find((one) => one.id === step)?.call;
  const retry = () => run.apply.variables && run.apply.mutate(run.apply.variables);
  return (
    <div data-testid="setup-failure">
      <Alert
        type="error"
        header={call ? `The set-up stopped at ${call}` : "The set-up stopped"}
        action={
          <SpaceBetween direction="horizontal" size="xs">
            <Button onClick={retry} data-testid="setup-retry">Retry</Button>
            <UndoButton run={run} name={name} />
          </SpaceBetween>
        }
      >
        <div>{asSentence(message)}</div>
        <div>{made.length === 0 ? "Nothing was made before." : "Already made:"}</div>
        {made.length > 0 && <ul>{made.map((sentence) => <li key={sentence} className="wb-wrap">{sentence}</li>)}</ul>}
      </Alert>
    </div>
  );
}
