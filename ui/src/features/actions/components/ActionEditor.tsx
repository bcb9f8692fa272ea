import { useState } from "react";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Form from "@cloudscape-design/components/form";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { ActionFields } from "../../../forms/action/ActionFields";
import { ACTION_FIELDS, formOf, sameForm } from "../../../forms/action/actionForm";
import { fieldProblems } from "../../../forms/fieldProblems";
import { FormFailure } from "../../../forms/FormFailure";
import { LeaveModal } from "../../../forms/LeaveModal";
import { useFocusProblem } from "../../../forms/useFocusProblem";
import { useLeaveGuard } from "../../../forms/useLeaveGuard";
import type { ActionForm } from "../../../ipc/bindings/ActionForm";
import type { AlertActionView } from "../../../ipc/bindings/AlertActionView";
import type { FormDefaults } from "../../../ipc/bindings/FormDefaults";
import { navigate } from "../../../router/location";
import type { ActionFormPageProps } from "./ActionFormPage";
import { ReplaceWarning } from "../../../forms/action/ReplaceWarning";

type ActionEditorProps = ActionFormPageProps & { defaults: FormDefaults; form: ActionForm };

/** The form of an alert action; whatever is refused stands at its field, and all that was typed stays. */
export function ActionEditor({ title, defaults, form: start, facts, editedId, save, submit, failed, onDone, cancelTo }: ActionEditorProps) {
  const [form, setForm] = useState(start);
  const [base, setBase] = useState(start);
  const problems = fieldProblems(save.error);
  const within = useFocusProblem(problems);
  const guard = useLeaveGuard(!sameForm(form, base));
  const onSuccess = (action: AlertActionView) => {
    setForm(formOf(action));
    setBase(formOf(action));
    onDone(action, guard.leave);
  };
  return (
    <form onSubmit={(event) => { event.preventDefault(); save.mutate(form, { onSuccess }); }}>
      <div ref={within}>
        <Form
          header={<Header variant="h1">{title}</Header>}
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              <Button formAction="none" variant="link" onClick={() => navigate(cancelTo)}>Cancel</Button>
              <Button variant="primary" loading={save.isPending} data-testid="submit">{submit}</Button>
            </SpaceBetween>
          }
        >
          <SpaceBetween size="s">
            {facts}
            <FormFailure title={failed} error={save.error} fields={ACTION_FIELDS} />
            <Container header={<Header variant="h2">Alert action</Header>}>
              <ActionFields form={form} onChange={(patch) => setForm((before) => ({ ...before, ...patch }))} defaults={defaults} problems={problems} saved={editedId !== undefined} />
            </Container>
            {editedId && <ReplaceWarning id={editedId} form={form} start={base} />}
          </SpaceBetween>
        </Form>
      </div>
      <LeaveModal guard={guard} title="Leave without saving?">What you typed for this alert action is lost.</LeaveModal>
    </form>
  );
}
