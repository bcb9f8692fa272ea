import type { AlertActionView } from "../../../ipc/bindings/AlertActionView";
import type { FieldProblem } from "../../../ipc/bindings/FieldProblem";
import type { SetupDraft } from "../../../ipc/bindings/SetupDraft";
import { call } from "../../../ipc/call";
import { checkPattern, readPlan } from "../api/plan";
import { fieldsOf, STEPS } from "./steps";

/** What the Rust side says of a step when it is left forwards. */
export interface StepCheck {
  problems: readonly FieldProblem[];
  /** Why the next step makes no sense yet, if so. */
  refusal: string | null;
}

const RULE_STEP = 3;
const SOURCE_STEP = 1;

/** Saves the alert action: the first step is left with it made, or brought up to date. */
export function saveAction(draft: SetupDraft): Promise<AlertActionView> {
  const { action_id: id, action: form } = draft;
  return id === null ? call("create_alert_action", { form }) : call("update_alert_action", { id, form });
}

/** Checks a step after the first; problems of later steps do not count yet. */
export async function checkStep(draft: SetupDraft & { action_id: string }): Promise<StepCheck> {
  const plan = await readPlan(draft.action_id, draft.form);
  const later = STEPS.slice(draft.step + 1).flatMap((step) => step.fields);
  const own = fieldsOf(draft.step);
  const problems = plan.problems.filter(({ field }) => own.includes(field) || !later.includes(field));
  const pattern = draft.step === RULE_STEP ? await patternProblems(draft) : [];
  const source = plan.links.find((link) => link.kind === "partner_source");
  const lacking = draft.step === SOURCE_STEP && (source?.state === "none" || source?.state === "broken");
  return { problems: [...problems, ...pattern.filter(notAmong(problems))], refusal: lacking ? source.sentence : null };
}

async function patternProblems({ action_id, form }: SetupDraft): Promise<FieldProblem[]> {
  const { problem } = await checkPattern(action_id, form.pattern);
  return problem === null ? [] : [{ field: "Event pattern", reason: problem }];
}

const notAmong = (known: readonly FieldProblem[]) => (problem: FieldProblem) => !known.some((other) => other.field === problem.field);
