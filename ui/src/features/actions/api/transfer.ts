import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import type { ImportPlan } from "../../../ipc/bindings/ImportPlan";
import { call } from "../../../ipc/call";
import { keys } from "../../../ipc/keys";

/** Alert actions as a document; none named means all. */
export const exportQuery = (actions: readonly string[]) =>
  queryOptions({ queryKey: ["export_alert_actions", actions], queryFn: () => call<string>("export_alert_actions", { actions }), staleTime: 0, gcTime: 0 });

/** What a document would make and change; nothing is written. */
export const planQuery = (text: string) =>
  queryOptions({ queryKey: ["import_plan", text], queryFn: () => call<ImportPlan>("import_plan", { text }), staleTime: 0, gcTime: 0 });

/** A document of copies for other alert sources; nothing is saved. */
export const copiesQuery = (id: string, alertSources: readonly string[]) =>
  queryOptions({ queryKey: ["copies_for", id, alertSources], queryFn: () => call<string>("copies_for", { id, alertSources }), staleTime: 0, gcTime: 0 });

/** Makes and changes what a document says. */
export function useImportActions() {
  const queries = useQueryClient();
  return useMutation<ImportPlan, Error, string>({
    mutationFn: (text) => call<ImportPlan>("import_alert_actions", { text }),
    // What was written before a failure is there all the same.
    onSettled: () => {
      for (const queryKey of [keys.actions, keys.sources, keys.formDefaults, keys.overview]) void queries.invalidateQueries({ queryKey });
    },
  });
}
