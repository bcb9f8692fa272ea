import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { SetupDraft } from "../../../ipc/bindings/SetupDraft";
import type { Proof } from "../../../runs/useProof";
import type { SetupRun } from "../api/useSetupRun";
import { useStanding } from "../model/useStanding";

interface ReviewActionsProps {
  draft: SetupDraft;
  run: SetupRun;
  proof: Proof;
  onDone: () => void;
}

/** The last step's buttons: set up, then prove, then done. */
export function ReviewActions({ draft, run, proof, onDone }: ReviewActionsProps) {
  const { plan, complete, outcome, failure } = useStanding(draft, run);
  const { apply, cancel } = run;
  const proving = proof.prove.isPending || proof.run?.state === "running";
  const failed = outcome?.complete === false || failure !== null;
  const blocked = (plan.data?.problems.length ?? 0) > 0 || plan.isPending;
  const proven = proof.run !== null && !proving;
  return (
    <SpaceBetween direction="horizontal" size="xs">
      {apply.isPending && <Button loading={cancel.isPending} onClick={() => cancel.mutate()} data-testid="setup-cancel">Stop</Button>}
      {!complete && (
        <Button variant="primary" disabled={blocked} loading={apply.isPending} loadingText="Setting up" onClick={() => apply.mutate(draft.form)} data-testid="setup-apply">
          {failed ? "Retry" : "Set up the chain"}
        </Button>
      )}
      {complete && (
        <Button variant={proven ? "normal" : "primary"} iconName={proven ? "refresh" : "play"} loading={proving} loadingText="Proving" onClick={() => proof.prove.mutate(undefined)} data-testid="prove">
          {proven ? "Prove again" : "Prove it"}
        </Button>
      )}
      {complete && proven && <Button variant="primary" onClick={onDone} data-testid="setup-done">Done</Button>}
    </SpaceBetween>
  );
}
