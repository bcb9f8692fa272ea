import SpaceBetween from "@cloudscape-design/components/space-between";
import { WhatWillHappen } from "../components/WhatWillHappen";
import type { Proof } from "../../../runs/useProof";
import type { SetupRun } from "../api/useSetupRun";
import { STEPS } from "../model/steps";
import type { WizardState } from "../model/useWizard";
import { ActionStep } from "./ActionStep";
import { BusStep } from "./BusStep";
import { ReviewStep } from "./ReviewStep";
import { RuleStep } from "./RuleStep";
import { SourceStep } from "./SourceStep";
import { TargetStep } from "./TargetStep";

export interface StepProps {
  wizard: WizardState;
  /** The alert action that the wizard is about; it is saved from the second step on. */
  actionId: string;
}

interface StepContentProps {
  wizard: WizardState;
  run: SetupRun;
  proof: Proof;
}

const MIDDLE = [null, SourceStep, BusStep, RuleStep, TargetStep];

/** The step where the wizard stands, and the AWS calls that belong to it. */
export function StepContent({ wizard, run, proof }: StepContentProps) {
  const { step, action_id: actionId, form } = wizard.draft;
  if (step === 0 || actionId === null) return <ActionStep wizard={wizard} />;
  const Middle = MIDDLE[step];
  if (!Middle) return <ReviewStep wizard={wizard} actionId={actionId} run={run} proof={proof} />;
  return (
    <SpaceBetween size="s">
      <Middle wizard={wizard} actionId={actionId} />
      <WhatWillHappen actionId={actionId} form={form} group={STEPS[step]?.group ?? ""} />
    </SpaceBetween>
  );
}
