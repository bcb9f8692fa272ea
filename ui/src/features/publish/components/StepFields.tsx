import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Select from "@cloudscape-design/components/select";
import { asSentence } from "../../../forms/fieldProblems";
import type { EventType } from "../../../ipc/bindings/EventType";
import type { FieldProblem } from "../../../ipc/bindings/FieldProblem";
import { EVENT_TYPES } from "../../../kit/eventTypes";
import { movedStep, stepOf, withStep, type TypedStep } from "../model/scenarioForm";

interface StepFieldsProps {
  steps: readonly TypedStep[];
  problems: readonly FieldProblem[];
  onChange: (steps: readonly TypedStep[]) => void;
}

const OPTIONS = EVENT_TYPES.map((value) => ({ value, label: value }));

/** The time line: an event in each row, and how long it waits for the one before. */
export function StepFields({ steps, problems, onChange }: StepFieldsProps) {
  const ofSteps = problems.filter(({ field }) => field === "Steps");
  const general = ofSteps.find(({ reason }) => stepOf(reason) === null);
  const put = (at: number, patch: Partial<TypedStep>) => onChange(steps.map((step, index) => (index === at ? { ...step, ...patch } : step)));
  return (
    <FormField label="Steps" stretch constraintText="Waits such as 500 ms, 30 s or 2 min, counted from the step before." errorText={general && asSentence(general.reason)}>
      <ol className="step-fields">
        {steps.map((step, at) => {
          const problem = ofSteps.find(({ reason }) => stepOf(reason) === at);
          const name = `step ${at + 1}`;
          return (
            <li key={step.key}>
              <Select ariaLabel={`Event of ${name}`} options={OPTIONS} selectedOption={OPTIONS.find(({ value }) => value === step.eventType) ?? null} onChange={({ detail }) => put(at, { eventType: detail.selectedOption.value as EventType })} expandToViewport invalid={problem !== undefined} />
              <Input ariaLabel={`Wait before ${name}`} value={step.after} onChange={({ detail }) => put(at, { after: detail.value })} invalid={problem !== undefined} />
              <Button variant="icon" iconName="angle-up" ariaLabel={`Move ${name} up`} disabled={at === 0} onClick={() => onChange(movedStep(steps, at, -1))} />
              <Button variant="icon" iconName="angle-down" ariaLabel={`Move ${name} down`} disabled={at === steps.length - 1} onClick={() => onChange(movedStep(steps, at, 1))} />
              <Button variant="icon" iconName="remove" ariaLabel={`Remove ${name}`} disabled={steps.length === 1} onClick={() => onChange(steps.filter((_, index) => index !== at))} />
              {problem && <span className="t-bad wb-small step-problem" role="alert">{asSentence(problem.reason)}</span>}
            </li>
          );
        })}
      </ol>
      <Button iconName="add-plus" onClick={() => onChange(withStep(steps))}>Add step</Button>
    </FormField>
  );
}
