import Button from "@cloudscape-design/components/button";
import Checkbox from "@cloudscape-design/components/checkbox";
import FormField from "@cloudscape-design/components/form-field";
import type { EventTypeInfo } from "../../ipc/bindings/EventTypeInfo";
import "./action.css";

interface EventTypesFieldProps {
  value: readonly string[];
  onChange: (types: string[]) => void;
  known: readonly EventTypeInfo[];
  problem: string | undefined;
  description?: string;
}

/** Which of the nine event types; always in the order of the iLert page. */
export function EventTypesField({ value, onChange, known, problem, description }: EventTypesFieldProps) {
  const put = (name: string, chosen: boolean) =>
    onChange(known.map((type) => type.name).filter((other) => (other === name ? chosen : value.includes(other))));
  return (
    <FormField
      label="Event types"
      description={description ?? "Only chosen types are put on the event bus. Derived: the iLert page shows no sample of it."}
      errorText={problem}
      stretch
    >
      <div className="type-choices" role="group" aria-label="Event types">
        {known.map(({ name, derived }) => (
          <Checkbox key={name} checked={value.includes(name)} onChange={({ detail }) => put(name, detail.checked)}>
            {name}
            {derived && <span className="type-derived">derived</span>}
          </Checkbox>
        ))}
      </div>
      <div className="type-all">
        <Button formAction="none" variant="inline-link" onClick={() => onChange(known.map((type) => type.name))}>Choose all</Button>
        <Button formAction="none" variant="inline-link" onClick={() => onChange([])}>Choose none</Button>
      </div>
    </FormField>
  );
}
