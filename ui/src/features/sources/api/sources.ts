import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import type { AlertSourceDetail } from "../../../ipc/bindings/AlertSourceDetail";
import type { AlertSourceView } from "../../../ipc/bindings/AlertSourceView";
import { call } from "../../../ipc/call";
import { keys } from "../../../ipc/keys";

/** Every alert source. */
export const sourcesQuery = () =>
  queryOptions({ queryKey: keys.sources, queryFn: () => call<AlertSourceView[]>("list_alert_sources") });

/** One alert source with its alert actions and incidents. */
export const sourceQuery = (id: number) =>
  queryOptions({ queryKey: keys.source(id), queryFn: () => call<AlertSourceDetail>("alert_source", { id }) });

function useSourceWrite<Input, Answer>(write: (input: Input) => Promise<Answer>) {
  const queries = useQueryClient();
  return useMutation<Answer, Error, Input>({
    mutationFn: write,
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: keys.sources });
      void queries.invalidateQueries({ queryKey: keys.formDefaults });
    },
  });
}

export const useCreateSource = () => useSourceWrite((name: string) => call<AlertSourceView>("create_alert_source", { name }));

export const useRenameSource = (id: number) =>
  useSourceWrite((name: string) => call<AlertSourceView>("rename_alert_source", { id, name }));

export const useDeleteSource = (id: number) => useSourceWrite((_: void) => call<null>("delete_alert_source", { id }));
