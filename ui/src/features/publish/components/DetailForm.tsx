import Box from "@cloudscape-design/components/box";
import ColumnLayout from "@cloudscape-design/components/column-layout";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Textarea from "@cloudscape-design/components/textarea";
import Toggle from "@cloudscape-design/components/toggle";
import { fieldsOf, readDetail, withFields } from "../model/detailForm";

const choices = (...values: string[]) => values.map((value) => ({ value, label: value }));
const STATUSES = choices("PENDING", "ACCEPTED", "RESOLVED");
const PRIORITIES = choices("HIGH", "LOW");

/** The detail as fields; what has no field stays as it is. */
export function DetailForm({ text, onChange }: { text: string; onChange: (text: string) => void }) {
  const read = readDetail(text);
  if (read.detail === null) return <Box padding="l" textAlign="center" color="text-body-secondary">{read.why}</Box>;
  const { detail } = read;
  const fields = fieldsOf(detail);
  const select = (label: string, key: "status" | "priority", options: { value: string; label: string }[]) => (
    <FormField label={label}>
      <Select selectedOption={options.find((option) => option.value === fields[key]) ?? null} options={options} placeholder={fields[key] || "None"} onChange={({ detail: chosen }) => onChange(withFields(detail, { [key]: chosen.selectedOption.value }))} />
    </FormField>
  );
  return (
    <SpaceBetween size="s">
      <FormField label="Summary" stretch><Input value={fields.summary} onChange={({ detail: typed }) => onChange(withFields(detail, { summary: typed.value }))} /></FormField>
      <FormField label="Details" stretch><Textarea rows={3} value={fields.details} onChange={({ detail: typed }) => onChange(withFields(detail, { details: typed.value }))} /></FormField>
      <ColumnLayout columns={3}>
        {select("Status", "status", STATUSES)}
        {select("Priority", "priority", PRIORITIES)}
        <FormField label="Assignee"><Toggle checked={fields.assigned} onChange={({ detail: chosen }) => onChange(withFields(detail, { assigned: chosen.checked }))}>Assigned</Toggle></FormField>
      </ColumnLayout>
    </SpaceBetween>
  );
}
