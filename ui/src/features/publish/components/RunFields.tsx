import Checkbox from "@cloudscape-design/components/checkbox";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Multiselect from "@cloudscape-design/components/multiselect";
import { problemAt } from "../../../forms/fieldProblems";
import type { EventTypeInfo } from "../../../ipc/bindings/EventTypeInfo";
import type { FieldProblem } from "../../../ipc/bindings/FieldProblem";
import type { RunForm } from "../model/runForm";

interface RunFieldsProps {
  form: RunForm;
  onChange: (form: RunForm) => void;
  known: readonly EventTypeInfo[];
  disabled: boolean;
  problems: readonly FieldProblem[];
}

/** Event types, count, rate and timeout of a run, and whether its bus logs; empty fields take their usual value. */
export function RunFields({ form, onChange, known, disabled, problems }: RunFieldsProps) {
  const options = known.map(({ name, derived }) => ({ value: name, label: name, labelTag: derived ? "derived" : undefined }));
  const number = (label: "Events" | "Rate" | "Timeout", key: "events" | "rate" | "timeout", usual: string) => (
    <FormField label={label} constraintText={usual} errorText={problemAt(problems, label)}>
      <Input value={form[key]} inputMode="decimal" disabled={disabled} onChange={({ detail }) => onChange({ ...form, [key]: detail.value })} />
    </FormField>
  );
  return (
    <div className="run-fields">
      <FormField label="Event types" constraintText="None chosen: the alert action's own." errorText={problemAt(problems, "Event types")}>
        <Multiselect
          selectedOptions={options.filter(({ value }) => form.eventTypes.includes(value))}
          options={options}
          disabled={disabled}
          inlineTokens
          keepOpen
          placeholder="The alert action's own"
          onChange={({ detail }) => onChange({ ...form, eventTypes: detail.selectedOptions.flatMap(({ value }) => value ?? []) })}
        />
      </FormField>
      {number("Events", "events", "In all; empty: one of each.")}
      {number("Rate", "rate", "Per second; empty: as fast as it goes.")}
      {number("Timeout", "timeout", "Seconds an event may take; empty: 30.")}
      <div className="run-logging">
        <FormField errorText={problemAt(problems, "Bus logging")}>
          <Checkbox checked={form.busLogging} disabled={disabled} description="Which rules matched, and what became of each delivery; the doctor shows it. Afterwards the event bus logs as before." onChange={({ detail }) => onChange({ ...form, busLogging: detail.checked })}>
            Have the event bus log the run
          </Checkbox>
        </FormField>
      </div>
    </div>
  );
}
