import { useState } from "react";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import RadioGroup from "@cloudscape-design/components/radio-group";
import { problemAt } from "../../../forms/fieldProblems";
import type { FieldProblem } from "../../../ipc/bindings/FieldProblem";
import type { PermissionForm } from "../../../ipc/bindings/PermissionForm";

interface PermissionFieldProps {
  value: PermissionForm;
  onChange: (permission: PermissionForm) => void;
  problems: readonly FieldProblem[];
  /** What is known of "My organization". */
  organization: string;
}

const GROUPS = [
  { value: "none", label: "No permissions" },
  { value: "account", label: "Other AWS account" },
  { value: "organization", label: "Organization" },
];

/** The permissions of the page: none, another account, or an organization; what was typed stays when another is chosen. */
export function PermissionField({ value, onChange, problems, organization }: PermissionFieldProps) {
  const [account, setAccount] = useState(value.choice === "account" ? value.account : "");
  const [other, setOther] = useState(value.choice === "organization" ? value.organization : "");
  const inOrganization = value.choice === "my_organization" || value.choice === "organization";
  const choose = (group: string) => {
    if (group === "account") return onChange({ choice: "account", account });
    onChange(group === "organization" ? { choice: "my_organization" } : { choice: "none" });
  };
  return (
    <div className="setup-permissions">
      <FormField label="Permissions">
        <RadioGroup items={GROUPS} value={inOrganization ? "organization" : value.choice} onChange={({ detail }) => choose(detail.value)} />
      </FormField>
      {value.choice === "account" && (
        <FormField label="AWS account ID" errorText={problemAt(problems, "Other AWS account") ?? problemAt(problems, "AWS account ID")}>
          <Input
            value={value.account}
            inputMode="numeric"
            onChange={({ detail }) => {
              setAccount(detail.value);
              onChange({ choice: "account", account: detail.value });
            }}
          />
        </FormField>
      )}
      <div className="setup-stack">
        {inOrganization && (
          <FormField label="Which organization">
            <RadioGroup
              value={value.choice}
              items={[
                { value: "my_organization", label: "My organization", description: organization },
                { value: "organization", label: "Other organization" },
              ]}
              onChange={({ detail }) => onChange(detail.value === "organization" ? { choice: "organization", organization: other } : { choice: "my_organization" })}
            />
          </FormField>
        )}
        {value.choice === "organization" && (
          <FormField label="Organization" constraintText="An organization id, such as o-a1b2c3d4e5." errorText={problemAt(problems, "Organization")}>
            <Input
              value={value.organization}
              onChange={({ detail }) => {
                setOther(detail.value);
                onChange({ choice: "organization", organization: detail.value });
              }}
            />
          </FormField>
        )}
      </div>
    </div>
  );
}
