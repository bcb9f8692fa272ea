import { Fragment, useEffect, useRef, type ReactNode } from "react";
import Alert from "@cloudscape-design/components/alert";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { Proof } from "../../../runs/useProof";
import type { SetupRun } from "../api/useSetupRun";
import { ApplyFailure } from "../components/ApplyFailure";
import { ProofBoard } from "../components/ProofBoard";
import { ReviewCalls } from "../components/ReviewCalls";
import { ReviewSummary } from "../components/ReviewSummary";
import { UndoReport } from "../components/UndoReport";
import { useStanding } from "../model/useStanding";
import type { StepProps } from "./StepContent";

type Part = "failure" | "undone" | "proof" | "refused" | "notes" | "summary" | "calls";

/** Before: what was chosen, then the calls. Afterwards: what became of them, on top. */
const BEFORE: readonly Part[] = ["failure", "undone", "refused", "notes", "summary", "calls"];
const AFTER: readonly Part[] = ["failure", "undone", "proof", "calls", "notes", "summary"];

/** Step 6: every AWS call with its input, what became of it, and the proof. */
export function ReviewStep({ wizard, run, proof }: StepProps & { run: SetupRun; proof: Proof }) {
  const { draft } = wizard;
  const { plan, complete, outcome, failure } = useStanding(draft, run);
  const working = run.apply.isPending;
  const problems = plan.data?.problems ?? [];
  const notes = outcome?.notes ?? plan.data?.notes ?? [];
  const top = useTopOn(`${working} ${proof.run?.run_id}`);
  const parts: Record<Part, ReactNode> = {
    failure: <ApplyFailure outcome={outcome} failure={failure} run={run} name={draft.action.name} />,
    undone: <UndoReport run={run} />,
    proof: !working && <ProofBoard draft={draft} proof={proof} />,
    refused: problems.length > 0 && <Alert type="error" header="These fields are refused">{problems.map(({ field, reason }) => <div key={field}>{`${field}: ${reason}`}</div>)}</Alert>,
    notes: notes.length > 0 && <Alert type="info" header="To be known">{notes.map((note) => <div key={note}>{note}</div>)}</Alert>,
    summary: <ReviewSummary draft={draft} disabled={working} onEdit={(step) => void wizard.goTo(step)} />,
    calls: <ReviewCalls plan={plan} outcome={outcome} run={run} complete={complete} name={draft.action.name} />,
  };
  const order = working || complete || proof.run ? AFTER : BEFORE;
  return (
    <div ref={top} className="setup-review">
      <SpaceBetween size="s">
        {order.filter((part) => parts[part]).map((part) => <Fragment key={part}>{parts[part]}</Fragment>)}
      </SpaceBetween>
    </div>
  );
}

/** Brings the top of the step into sight when something begins there. */
function useTopOn(what: string) {
  const top = useRef<HTMLDivElement>(null);
  const before = useRef(what);
  useEffect(() => {
    if (before.current === what) return;
    before.current = what;
    top.current?.scrollIntoView({ block: "start" });
  }, [what]);
  return top;
}
