import Wizard from "@cloudscape-design/components/wizard";
import { useQueryClient } from "@tanstack/react-query";
import { Page } from "../../../app/frame/Page";
import { LeaveModal } from "../../../forms/LeaveModal";
import { useCtrlEnter } from "../../../forms/useCtrlEnter";
import { useFocusProblem } from "../../../forms/useFocusProblem";
import { useLeaveGuard } from "../../../forms/useLeaveGuard";
import type { SetupDraft } from "../../../ipc/bindings/SetupDraft";
import { keys } from "../../../ipc/keys";
import { navigate } from "../../../router/location";
import { paths } from "../../../router/paths";
import { useProof } from "../../../runs/useProof";
import { useSetupRun } from "../api/useSetupRun";
import { LAST_STEP, STEPS } from "../model/steps";
import { useWizard } from "../model/useWizard";
import { StepHelp } from "./StepHelp";
import { hasObstacle, StepObstacle } from "./StepObstacle";
import { WizardActions, WizardSecondary } from "./WizardActions";
import { StepContent } from "../steps/StepContent";

const WORDS = {
  stepNumberLabel: (step: number) => `Step ${step}`,
  collapsedStepsLabel: (step: number, steps: number) => `Step ${step} of ${steps}`,
  navigationAriaLabel: "Steps",
};

/** The guided set-up, from the alert action to the proof. */
export function SetupWizard({ start }: { start: SetupDraft }) {
  const queries = useQueryClient();
  const wizard = useWizard(start);
  const { draft, obstacle, dirty } = wizard;
  const run = useSetupRun(draft.action_id);
  const proof = useProof(draft.action_id);
  const guard = useLeaveGuard(dirty);
  const within = useFocusProblem(obstacle.problems);
  const saveAndGo = async (href: string) => {
    if (!(await wizard.save())) return guard.stay();
    void queries.invalidateQueries({ queryKey: keys.drafts });
    guard.leave(href);
  };
  useCtrlEnter(() => draft.step < LAST_STEP && !wizard.busy && void wizard.goTo(draft.step + 1));
  const actions = <WizardActions wizard={wizard} run={run} proof={proof} onLeave={() => navigate(paths.setup())} onDone={() => guard.leave(paths.overview())} />;
  const name = draft.action_id === null ? "New alert action" : draft.action.name;
  return (
    <Page
      crumbs={[{ text: "Set up", href: paths.setup() }, { text: name, href: paths.setup(draft.action_id ?? "new") }]}
      contentType="wizard"
      narrowNavigation
      help={<StepHelp step={draft.step} />}
    >
      <div ref={within}>
        <Wizard
          activeStepIndex={draft.step}
          onNavigate={({ detail }) => void wizard.goTo(detail.requestedStepIndex)}
          i18nStrings={WORDS}
          customPrimaryActions={actions}
          secondaryActions={<WizardSecondary busy={wizard.busy} onSave={() => void saveAndGo(paths.setup())} />}
          steps={STEPS.map(({ title }, index) => ({
            title,
            errorText: index === draft.step && hasObstacle(obstacle, index) && <StepObstacle obstacle={obstacle} step={index} />,
            content: index === draft.step && <StepContent wizard={wizard} run={run} proof={proof} />,
          }))}
        />
      </div>
      <LeaveModal guard={guard} title="Leave the set-up?" onSave={() => guard.wanted && void saveAndGo(guard.wanted)}>
        What you changed since the last step is not saved.
      </LeaveModal>
    </Page>
  );
}
