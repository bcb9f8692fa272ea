import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import type { ActionForm } from "../../../ipc/bindings/ActionForm";
import type { AlertActionView } from "../../../ipc/bindings/AlertActionView";
import type { AlertSourceView } from "../../../ipc/bindings/AlertSourceView";
import type { DeleteReport } from "../../../ipc/bindings/DeleteReport";
import type { EnvelopeView } from "../../../ipc/bindings/EnvelopeView";
import { call } from "../../../ipc/call";
import { keys } from "../../../ipc/keys";

/** The alert sources, to turn the number in an address into a name. */
export const sourcesQuery = () =>
  queryOptions({ queryKey: keys.sources, queryFn: () => call<AlertSourceView[]>("list_alert_sources") });

/** The form of a copy; nothing is saved. */
export const copyQuery = (id: string) =>
  queryOptions({ queryKey: ["duplicate_alert_action", id], queryFn: () => call<ActionForm>("duplicate_alert_action", { id }), staleTime: 0, gcTime: 0 });

/** What deleting would remove and leave; nothing is deleted. */
export const deletePreviewQuery = (id: string) =>
  queryOptions({ queryKey: ["delete_preview", id], queryFn: () => call<DeleteReport>("delete_preview", { id }), staleTime: 0, gcTime: 0 });

/** The envelope of each event type as a saved alert action publishes it. */
export const envelopesQuery = (id: string) =>
  queryOptions({ queryKey: [...keys.action(id), "envelopes"], queryFn: () => call<EnvelopeView[]>("envelopes", { id }), staleTime: 0, gcTime: 0 });

function useActionWrite<Input, Answer>(write: (input: Input) => Promise<Answer>) {
  const queries = useQueryClient();
  return useMutation<Answer, Error, Input>({
    mutationFn: write,
    onSuccess: () => {
      for (const queryKey of [keys.actions, keys.sources, keys.formDefaults, keys.overview]) void queries.invalidateQueries({ queryKey });
    },
  });
}

export const useCreateAction = () => useActionWrite((form: ActionForm) => call<AlertActionView>("create_alert_action", { form }));

export const useUpdateAction = (id: string) =>
  useActionWrite((form: ActionForm) => call<AlertActionView>("update_alert_action", { id, form }));

/** Deletes an alert action. Its own entry is dropped first, so that nobody reads what is gone. */
export function useDeleteAction() {
  const queries = useQueryClient();
  return useMutation<DeleteReport, Error, string>({
    mutationFn: (id) => call<DeleteReport>("delete_alert_action", { id }),
    onSuccess: (_, id) => {
      queries.removeQueries({ queryKey: keys.action(id) });
      for (const queryKey of [keys.actions, keys.sources, keys.formDefaults, keys.overview, keys.drafts]) void queries.invalidateQueries({ queryKey });
    },
  });
}
