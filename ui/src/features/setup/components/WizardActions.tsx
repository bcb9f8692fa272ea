import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { Proof } from "../../../runs/useProof";
import type { SetupRun } from "../api/useSetupRun";
import { LAST_STEP } from "../model/steps";
import type { WizardState } from "../model/useWizard";
import { ReviewActions } from "./ReviewActions";

interface WizardActionsProps {
  wizard: WizardState;
  run: SetupRun;
  proof: Proof;
  onLeave: () => void;
  onDone: () => void;
}

/** The buttons at the right: Cancel, Previous, and whatever comes next. */
export function WizardActions({ wizard, run, proof, onLeave, onDone }: WizardActionsProps) {
  const { step } = wizard.draft;
  const working = wizard.busy || run.apply.isPending;
  return (
    <SpaceBetween direction="horizontal" size="xs">
      <Button variant="link" onClick={onLeave} data-testid="wizard-cancel">Cancel</Button>
      {step > 0 && <Button disabled={working} onClick={() => void wizard.goTo(step - 1)} data-testid="wizard-previous">Previous</Button>}
      {step < LAST_STEP && (
        <Button variant="primary" loading={wizard.busy} loadingText="Checking" onClick={() => void wizard.goTo(step + 1)} data-testid="wizard-next">Next</Button>
      )}
      {step === LAST_STEP && <ReviewActions draft={wizard.draft} run={run} proof={proof} onDone={onDone} />}
    </SpaceBetween>
  );
}

/** The button at the left: the resume point. */
export function WizardSecondary({ busy, onSave }: { busy: boolean; onSave: () => void }) {
  return <Button variant="link" disabled={busy} onClick={onSave} data-testid="wizard-save">Save and close</Button>;
}
