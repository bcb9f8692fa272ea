import Alert from "@cloudscape-design/components/alert";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { Proof } from "../api/useProof";
import type { SetupRun } from "../api/useSetupRun";
import { ApplyFailure } from "../components/ApplyFailure";
import { ProofBoard } from "../components/ProofBoard";
import { ReviewCalls } from "../components/ReviewCalls";
import { ReviewSummary } from "../components/ReviewSummary";
import { UndoReport } from "../components/UndoReport";
import { useStanding } from "../model/useStanding";
import type { StepProps } from "./StepContent";

/** Step 6: every AWS call with its input, what became of it, and the proof. */
export function ReviewStep({ wizard, run, proof }: StepProps & { run: SetupRun; proof: Proof }) {
  const { draft } = wizard;
  const { plan, complete, outcome, failure } = useStanding(draft, run);
  const working = run.apply.isPending;
  const notes = outcome?.notes ?? plan.data?.notes ?? [];
  return (
    <SpaceBetween size="s">
      {proof.run || complete ? <ProofBoard draft={draft} proof={proof} /> : null}
      <ApplyFailure outcome={outcome} failure={failure} run={run} />
      <UndoReport run={run} />
      {plan.data && plan.data.problems.length > 0 && (
        <Alert type="error" header="These fields are refused">
          {plan.data.problems.map(({ field, reason }) => <div key={field}>{`${field}: ${reason}`}</div>)}
        </Alert>
      )}
      {notes.length > 0 && <Alert type="info" header="To be known">{notes.map((note) => <div key={note}>{note}</div>)}</Alert>}
      <ReviewSummary draft={draft} disabled={working} onEdit={(step) => void wizard.goTo(step)} />
      <ReviewCalls plan={plan} outcome={outcome} live={run.live} working={working} run={run} complete={complete} />
    </SpaceBetween>
  );
}
