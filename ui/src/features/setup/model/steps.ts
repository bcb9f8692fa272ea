import { ACTION_FIELDS } from "../../../forms/action/actionForm";

export interface WizardStep {
  title: string;
  /** Which planned calls belong to it. */
  group: string | null;
  /** Fields that it shows, as labelled. */
  fields: readonly string[];
}

/** The steps in the order and words of the iLert page. */
export const STEPS: readonly WizardStep[] = [
  { title: "Alert action", group: null, fields: ACTION_FIELDS },
  { title: "Partner event source", group: "source", fields: [] },
  { title: "Associate with event bus", group: "bus", fields: ["AWS account ID", "Other AWS account", "Organization"] },
  { title: "Rule", group: "rule", fields: ["Rule name", "Description", "Event types", "Event pattern"] },
  { title: "Target", group: "target", fields: ["Queue name", "Dead-letter queue"] },
  { title: "Review & prove", group: null, fields: [] },
];

export const LAST_STEP = STEPS.length - 1;

/** The fields of the step at an index. */
export const fieldsOf = (step: number): readonly string[] => STEPS[step]?.fields ?? [];
