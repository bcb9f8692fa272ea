import Autosuggest from "@cloudscape-design/components/autosuggest";
import ColumnLayout from "@cloudscape-design/components/column-layout";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import SegmentedControl from "@cloudscape-design/components/segmented-control";
import Select from "@cloudscape-design/components/select";
import type { ConnectionDefaults } from "../../../ipc/bindings/ConnectionDefaults";
import type { ConnectionForm } from "../../../ipc/bindings/ConnectionForm";
import type { FieldProblem } from "../../../ipc/bindings/FieldProblem";
import { problemAt } from "../../../forms/fieldProblems";
import { MODES } from "../words";

interface ConnectionFieldsProps {
  form: ConnectionForm;
  defaults: ConnectionDefaults;
  problems: FieldProblem[];
  onChange: (change: Partial<ConnectionForm>) => void;
}

/** The fields that show their own problem. */
export const SHOWN = ["Name", "Region", "Mode", "Settle"] as const;

const URLS: { key: keyof ConnectionForm; label: string }[] = [
  { key: "endpoint_url", label: "Endpoint URL, for every service" },
  { key: "eventbridge_url", label: "EventBridge's own URL – optional" },
  { key: "sqs_url", label: "SQS's own URL – optional" },
  { key: "sts_url", label: "STS's own URL – optional" },
  { key: "organizations_url", label: "Organizations' own URL – optional" },
  { key: "settle", label: "Wait after own changes – 60s where nothing is said" },
];

/** Where a connection leads, as whom, and what it may do. */
export function ConnectionFields({ form, defaults, problems, onChange }: ConnectionFieldsProps) {
  const text = (key: keyof ConnectionForm) => ({ value: form[key], onChange: ({ detail }: { detail: { value: string } }) => onChange({ [key]: detail.value }) });
  const options = (values: readonly string[]) => values.map((value) => ({ value }));
  const mode = Object.values(MODES).find(({ word }) => word === (form.mode || "free"));
  return (
    <ColumnLayout columns={2}>
      <FormField label="Name" errorText={problemAt(problems, "Name")}><Input autoFocus {...text("name")} /></FormField>
      <FormField label="Kind">
        <SegmentedControl
          label="Kind"
          selectedId={form.kind}
          options={[{ id: "aws", text: "AWS" }, { id: "endpoint", text: "Another endpoint" }]}
          onChange={({ detail }) => onChange({ kind: detail.selectedId })}
        />
      </FormField>
      <FormField label="Region" errorText={problemAt(problems, "Region")}>
        <Autosuggest {...text("region")} options={options(defaults.regions)} enteredTextLabel={(value) => `Use: ${value}`} ariaLabel="Region" clearAriaLabel="Clear the region" />
      </FormField>
      <FormField label="Profile – optional" description={defaults.trouble ?? "Of the AWS configuration files; without, as the AWS SDK chooses."}>
        <Autosuggest {...text("profile")} options={options(defaults.profiles)} enteredTextLabel={(value) => `Use: ${value}`} ariaLabel="Profile" clearAriaLabel="Clear the profile" />
      </FormField>
      <FormField label="Role ARN – optional" description="A role to assume with these credentials."><Input {...text("role_arn")} /></FormField>
      <FormField label="Mode" errorText={problemAt(problems, "Mode")} description="What becomes of requests that write.">
        <Select
          selectedOption={mode ? { label: mode.label, value: mode.word } : null}
          options={Object.values(MODES).map(({ label, word, description }) => ({ label, value: word, description }))}
          onChange={({ detail }) => onChange({ mode: detail.selectedOption.value ?? "" })}
        />
      </FormField>
      {form.kind === "endpoint" && URLS.map(({ key, label }) => (
        <FormField key={key} label={label} errorText={key === "settle" ? problemAt(problems, "Settle") : undefined}><Input {...text(key)} /></FormField>
      ))}
    </ColumnLayout>
  );
}
