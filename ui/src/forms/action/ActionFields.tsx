import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import RadioGroup from "@cloudscape-design/components/radio-group";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { ActionForm } from "../../ipc/bindings/ActionForm";
import type { FieldProblem } from "../../ipc/bindings/FieldProblem";
import type { FormDefaults } from "../../ipc/bindings/FormDefaults";
import { problemAt } from "../fieldProblems";
import { AlertSourceField } from "./AlertSourceField";
import { EventTypesField } from "./EventTypesField";
import { RegionField } from "./RegionField";
import "./action.css";

export interface ActionFieldsProps {
  form: ActionForm;
  onChange: (patch: Partial<ActionForm>) => void;
  /** The choices. */
  defaults: FormDefaults;
  problems: readonly FieldProblem[];
  /** A saved alert action stays with its alert source. */
  saved: boolean;
}

const MODES = [
  { value: "automatic", label: "Automatic", description: "Publishes each step of an incident by itself." },
  { value: "manual", label: "Manual", description: "Publishes a step only when somebody clicks." },
];

/** The fields of an Amazon EventBridge alert action, in the order of the iLert page. */
export function ActionFields({ form, onChange, defaults, problems, saved }: ActionFieldsProps) {
  return (
    <SpaceBetween size="m">
      <div className="action-pair">
        {saved
          ? <FormField label="Alert source" constraintText="An alert action stays with its alert source." errorText={problemAt(problems, "Alert source")}><Input value={form.alert_source} readOnly /></FormField>
          : <AlertSourceField value={form.alert_source} onChange={(alert_source) => onChange({ alert_source })} known={defaults.alert_sources} problem={problemAt(problems, "Alert source")} />}
        <FormField label="Type"><Input value="Amazon EventBridge" readOnly /></FormField>
      </div>
      <div className="action-pair">
        <FormField label="Name" constraintText="Unique among the alert actions." errorText={problemAt(problems, "Name")}>
          <Input value={form.name} onChange={({ detail }) => onChange({ name: detail.value })} />
        </FormField>
        <FormField label="Trigger mode" errorText={problemAt(problems, "Trigger mode")}>
          <RadioGroup items={MODES} value={form.trigger_mode} onChange={({ detail }) => onChange({ trigger_mode: detail.value })} />
        </FormField>
      </div>
      <EventTypesField value={form.event_types} onChange={(event_types) => onChange({ event_types })} known={defaults.event_types} problem={problemAt(problems, "Event types")} />
      <div className="action-pair">
        <FormField label="AWS account ID" constraintText="Twelve digits." errorText={problemAt(problems, "AWS account ID")}>
          <div data-account><Input value={form.account} inputMode="numeric" onChange={({ detail }) => onChange({ account: detail.value })} /></div>
        </FormField>
        <RegionField value={form.region} onChange={(region) => onChange({ region })} known={defaults.regions} problem={problemAt(problems, "AWS region")} />
      </div>
    </SpaceBetween>
  );
}
