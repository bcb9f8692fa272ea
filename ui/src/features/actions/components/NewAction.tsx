import { useQuery } from "@tanstack/react-query";
import { formDefaultsQuery } from "../../../forms/action/queries";
import type { AlertActionView } from "../../../ipc/bindings/AlertActionView";
import { useNotify } from "../../../notify/NotifyContext";
import { navigate } from "../../../router/location";
import { paths } from "../../../router/paths";
import { copyQuery, sourcesQuery, useCreateAction } from "../api/actions";
import { ActionFormPage } from "./ActionFormPage";

interface NewActionProps {
  /** Number of the alert source that the form starts with. */
  sourceId: string | null;
  /** Alert action that the form starts as a copy of. */
  copyOf: string | null;
}

/** A new alert action, empty, on a given alert source, or as a copy. */
export function NewAction({ sourceId, copyOf }: NewActionProps) {
  const defaults = useQuery(formDefaultsQuery());
  const sources = useQuery({ ...sourcesQuery(), enabled: sourceId !== null });
  const copy = useQuery({ ...copyQuery(copyOf ?? ""), enabled: copyOf !== null });
  const save = useCreateAction();
  const notify = useNotify();
  const source = sources.data?.find((one) => String(one.id) === sourceId);
  const ready = (sourceId === null || sources.isFetched) && (copyOf === null || copy.data !== undefined);
  const form = copy.data ?? defaults.data?.form;
  const onDone = (action: AlertActionView, leave: (href: string) => void) => {
    notify.show({
      type: "success",
      header: `Alert action ${action.name} was created`,
      content: `Its partner event source ${action.partner_source} is pending until it is associated with an event bus.`,
      action: { text: "Set up the chain", onClick: () => navigate(paths.setup(action.id)) },
    });
    leave(paths.action(action.id));
  };
  return (
    <ActionFormPage
      title={copyOf === null ? "Create alert action" : "Duplicate alert action"}
      crumbs={[{ text: "Alert actions", href: paths.actions() }, { text: "Create alert action", href: paths.newAction() }]}
      defaults={defaults.data}
      form={ready && form ? { ...form, alert_source: source?.name ?? form.alert_source } : undefined}
      failure={defaults.error ?? copy.error}
      save={save}
      submit="Create alert action"
      failed="The alert action was not created"
      onDone={onDone}
      cancelTo={source ? paths.source(source.id) : paths.actions()}
    />
  );
}
