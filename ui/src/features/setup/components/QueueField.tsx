import { useState } from "react";
import { useQuery } from "@tanstack/react-query";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import RadioGroup from "@cloudscape-design/components/radio-group";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { QueueForm } from "../../../ipc/bindings/QueueForm";
import { queuesQuery } from "../api/plan";

interface QueueFieldProps {
  actionId: string;
  /** What the choice between new and existing is about. */
  group: string;
  /** The label of the name; refused input names it. */
  label: string;
  value: QueueForm;
  onChange: (queue: QueueForm) => void;
  problem: string | undefined;
}

const KINDS = [
  { value: "new", label: "New queue", description: "Waybill creates it and may read everything in it." },
  { value: "existing", label: "Existing queue", description: "One of this account and region." },
];

/** A queue by name: a new one, or one that exists; both names stay while one switches. */
export function QueueField({ actionId, group, label, value, onChange, problem }: QueueFieldProps) {
  const [names, setNames] = useState<Record<string, string>>({ [value.choice]: value.name });
  const put = (choice: QueueForm["choice"], name: string) => {
    setNames({ ...names, [choice]: name });
    onChange({ choice, name });
  };
  return (
    <SpaceBetween size="s">
      <FormField label={group}>
        <RadioGroup items={KINDS} value={value.choice} onChange={({ detail }) => put(detail.value as QueueForm["choice"], names[detail.value] ?? "")} />
      </FormField>
      <FormField label={label} errorText={problem} constraintText={value.choice === "new" ? "Up to 80 letters, digits, hyphens and underscores." : undefined}>
        {value.choice === "new"
          ? <Input value={value.name} onChange={({ detail }) => put("new", detail.value)} />
          : <ExistingQueue actionId={actionId} name={value.name} onChange={(name) => put("existing", name)} />}
      </FormField>
    </SpaceBetween>
  );
}

function ExistingQueue({ actionId, name, onChange }: { actionId: string; name: string; onChange: (name: string) => void }) {
  const queues = useQuery(queuesQuery(actionId));
  return (
    <Select
      selectedOption={name ? { value: name, label: name } : null}
      options={(queues.data ?? []).map((value) => ({ value, label: value }))}
      onChange={({ detail }) => onChange(detail.selectedOption.value ?? "")}
      placeholder="Choose a queue"
      filteringType="auto"
      filteringAriaLabel="Find a queue"
      empty="No queue in this account and region"
      statusType={queues.isPending ? "loading" : queues.isError ? "error" : "finished"}
      loadingText="Reading the queues"
      errorText={queues.error?.message}
      recoveryText="Retry"
      onLoadItems={() => queues.isError && void queues.refetch()}
    />
  );
}
