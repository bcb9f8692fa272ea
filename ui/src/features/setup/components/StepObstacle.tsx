import { problemsElsewhere } from "../../../forms/fieldProblems";
import { ErrorDetail } from "../../../kit/ErrorDetail";
import { fieldsOf } from "../model/steps";
import type { Obstacle } from "../model/useWizard";

/** Whether something is in the way that does not stand at a field of the step. */
export function hasObstacle({ problems, refusal, failure }: Obstacle, step: number): boolean {
  return refusal !== null || (failure !== null && problems.length === 0) || problemsElsewhere(problems, fieldsOf(step)).length > 0;
}

/** Why the next step could not be reached, without what stands at the fields. */
export function StepObstacle({ obstacle, step }: { obstacle: Obstacle; step: number }) {
  const { problems, refusal, failure } = obstacle;
  return (
    <>
      <b>This step cannot be left yet</b>
      {refusal && <div>{refusal}</div>}
      {failure && problems.length === 0 && <ErrorDetail error={failure} />}
      {problemsElsewhere(problems, fieldsOf(step)).map(({ field, reason }) => <div key={field}>{`${field}: ${reason}`}</div>)}
    </>
  );
}
