import { useQuery } from "@tanstack/react-query";
import type { SetupDraft } from "../../../ipc/bindings/SetupDraft";
import type { StepView } from "../../../ipc/bindings/StepView";
import { planQuery } from "../api/plan";
import type { SetupRun } from "../api/useSetupRun";

/** AWS may refuse the permission for ever; the chain stands without it. */
const OPTIONAL = "permission";

/** How the chain stands against what is typed: what the last apply made of just this, or what is left to write. */
export function useStanding(draft: SetupDraft, run: SetupRun) {
  const plan = useQuery({ ...planQuery(draft.action_id ?? "", draft.form), enabled: draft.action_id !== null });
  const current = run.apply.variables === draft.form;
  const outcome = current ? run.apply.data : undefined;
  const steps = plan.data?.steps ?? [];
  return {
    plan,
    outcome,
    failure: current ? run.apply.error : null,
    complete: outcome ? outcome.complete : steps.length > 0 && steps.every(stands),
  };
}

const stands = (step: StepView) => !step.writes || step.id === OPTIONAL || step.status === "found" || step.status === "skipped";
