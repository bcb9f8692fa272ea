import { useQuery } from "@tanstack/react-query";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Spinner from "@cloudscape-design/components/spinner";
import { ActionFields } from "../../../forms/action/ActionFields";
import { formOf } from "../../../forms/action/actionForm";
import { actionQuery, formDefaultsQuery } from "../../../forms/action/queries";
import { ReplaceWarning } from "../../../forms/action/ReplaceWarning";
import { ErrorState } from "../../../kit/ErrorState";
import type { WizardState } from "../model/useWizard";

/** Step 1: the alert action, as iLert's page creates it. */
export function ActionStep({ wizard }: { wizard: WizardState }) {
  const { draft, obstacle, patchAction } = wizard;
  const defaults = useQuery(formDefaultsQuery());
  const saved = useQuery({ ...actionQuery(draft.action_id ?? ""), enabled: draft.action_id !== null });
  if (defaults.isPending) return <div><Spinner /> Reading the choices…</div>;
  if (defaults.isError) return <ErrorState title="The choices could not be read" error={defaults.error} onRetry={() => void defaults.refetch()} />;
  return (
    <SpaceBetween size="s">
      <Container header={<Header variant="h2" description="In iLert: alert source → Alert actions → Add new alert action.">Amazon EventBridge</Header>}>
        <ActionFields form={draft.action} onChange={patchAction} defaults={defaults.data} problems={obstacle.problems} saved={draft.action_id !== null} />
      </Container>
      {saved.data && <ReplaceWarning id={saved.data.id} form={draft.action} start={formOf(saved.data)} />}
      <Container header={<Header variant="h2">What will happen</Header>}>
        {draft.action_id === null
          ? "Next saves the alert action. Its partner event source then appears in the AWS account as PENDING, as with iLert."
          : "Next saves the alert action. Its partner event source stays, unless the AWS account or region changes."}
      </Container>
    </SpaceBetween>
  );
}
