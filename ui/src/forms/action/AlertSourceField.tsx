import Autosuggest from "@cloudscape-design/components/autosuggest";
import FormField from "@cloudscape-design/components/form-field";

interface AlertSourceFieldProps {
  value: string;
  onChange: (name: string) => void;
  /** Names of the alert sources that exist. */
  known: readonly string[];
  problem: string | undefined;
}

/** The alert source by name; a name that does not exist yet makes a new one. */
export function AlertSourceField({ value, onChange, known, problem }: AlertSourceFieldProps) {
  const isNew = value.trim() !== "" && !known.includes(value.trim());
  return (
    <FormField
      label="Alert source"
      constraintText={isNew ? "No alert source has this name: it is created." : "One that exists, or the name of a new one."}
      errorText={problem}
    >
      <Autosuggest
        value={value}
        onChange={({ detail }) => onChange(detail.value)}
        options={known.map((name) => ({ value: name }))}
        enteredTextLabel={(name) => `Create "${name}"`}
        empty="No alert source so far"
        ariaLabel="Alert source"
        clearAriaLabel="Clear the alert source"
      />
    </FormField>
  );
}
