import { queryOptions } from "@tanstack/react-query";
import type { ActionForm } from "../../ipc/bindings/ActionForm";
import type { AlertActionView } from "../../ipc/bindings/AlertActionView";
import type { FormDefaults } from "../../ipc/bindings/FormDefaults";
import { call } from "../../ipc/call";
import { keys } from "../../ipc/keys";

/** What an empty form starts with, and what its choices are. */
export const formDefaultsQuery = () =>
  queryOptions({ queryKey: keys.formDefaults, queryFn: () => call<FormDefaults>("form_defaults") });

/** Every alert action. */
export const actionsQuery = () =>
  queryOptions({ queryKey: keys.actions, queryFn: () => call<AlertActionView[]>("list_alert_actions") });

/** One alert action. */
export const actionQuery = (id: string) =>
  queryOptions({ queryKey: keys.action(id), queryFn: () => call<AlertActionView>("alert_action", { id }) });

/** What saving would replace, as a sentence, while an alert action is edited. */
export const updateWarningQuery = (id: string, form: ActionForm) =>
  queryOptions({
    queryKey: ["update_warning", id, form],
    queryFn: () => call<string | null>("update_warning", { id, form }),
    staleTime: 0,
    gcTime: 0,
  });
