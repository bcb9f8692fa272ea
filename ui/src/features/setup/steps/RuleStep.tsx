import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { problemAt } from "../../../forms/fieldProblems";
import { PatternSection } from "../components/PatternSection";
import type { StepProps } from "./StepContent";

/** Step 4: the rule on the new event bus. */
export function RuleStep({ wizard, actionId }: StepProps) {
  const { draft, obstacle, patchForm } = wizard;
  const { form } = draft;
  return (
    <SpaceBetween size="s">
      <Container header={<Header variant="h2" description="In the AWS console: Amazon EventBridge → Rules → Create rule.">Name and description</Header>}>
        <div className="setup-two">
          <FormField label="Rule name" errorText={problemAt(obstacle.problems, "Rule name")}>
            <Input value={form.rule_name} onChange={({ detail }) => patchForm({ rule_name: detail.value })} />
          </FormField>
          <FormField label={<>Description <i>- optional</i></>} errorText={problemAt(obstacle.problems, "Description")}>
            <Input value={form.rule_description} onChange={({ detail }) => patchForm({ rule_description: detail.value })} />
          </FormField>
        </div>
      </Container>
      <PatternSection
        actionId={actionId}
        pattern={form.pattern}
        onChange={(pattern) => patchForm({ pattern })}
        chosenTypes={draft.action.event_types}
        problems={obstacle.problems}
      />
    </SpaceBetween>
  );
}
