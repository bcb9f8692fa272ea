import { useQuery } from "@tanstack/react-query";
import { formOf } from "../../../forms/action/actionForm";
import { actionQuery, formDefaultsQuery } from "../../../forms/action/queries";
import type { AlertActionView } from "../../../ipc/bindings/AlertActionView";
import { useNotify } from "../../../notify/NotifyContext";
import { paths } from "../../../router/paths";
import { useUpdateAction } from "../api/actions";
import { ActionEvents } from "./ActionEvents";
import { ActionFacts } from "./ActionFacts";
import { ActionFormPage } from "./ActionFormPage";

/** One alert action: how its chain stands, and its fields. */
export function EditAction({ id }: { id: string }) {
  const defaults = useQuery(formDefaultsQuery());
  const action = useQuery(actionQuery(id));
  const save = useUpdateAction(id);
  const notify = useNotify();
  const onDone = (saved: AlertActionView) => {
    notify.show({ type: "success", header: `Alert action ${saved.name} was saved`, id: `saved-${id}` });
  };
  const name = action.data?.name ?? "Alert action";
  return (
    <ActionFormPage
      title={name}
      crumbs={[{ text: "Alert actions", href: paths.actions() }, { text: name, href: paths.action(id) }]}
      defaults={defaults.data}
      form={action.data && formOf(action.data)}
      failure={action.error ?? defaults.error}
      facts={action.data && <><ActionFacts action={action.data} /><ActionEvents id={id} /></>}
      editedId={id}
      save={save}
      submit="Save"
      failed="The alert action was not saved"
      onDone={onDone}
      cancelTo={paths.actions()}
    />
  );
}
