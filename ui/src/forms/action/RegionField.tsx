import FormField from "@cloudscape-design/components/form-field";
import Select from "@cloudscape-design/components/select";

interface RegionFieldProps {
  value: string;
  onChange: (region: string) => void;
  known: readonly string[];
  problem: string | undefined;
}

/** The AWS region by name. */
export function RegionField({ value, onChange, known, problem }: RegionFieldProps) {
  const names = value && !known.includes(value) ? [value, ...known] : known;
  return (
    <FormField label="AWS region" constraintText="The event bus is created there." errorText={problem}>
      <Select
        selectedOption={value ? { value, label: value } : null}
        onChange={({ detail }) => onChange(detail.selectedOption.value ?? "")}
        options={names.map((name) => ({ value: name, label: name }))}
        filteringType="auto"
        filteringAriaLabel="Find a region"
        placeholder="Choose a region"
      />
    </FormField>
  );
}
