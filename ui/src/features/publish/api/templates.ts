import { queryOptions, useMutation } from "@tanstack/react-query";
import type { Composed } from "../../../ipc/bindings/Composed";
import type { EventType } from "../../../ipc/bindings/EventType";
import type { TemplateView } from "../../../ipc/bindings/TemplateView";
import { call } from "../../../ipc/call";
import { keys } from "../../../ipc/keys";

/** The templates by name; kept true by the live channel. */
export const templatesQuery = () => queryOptions({ queryKey: keys.templates, queryFn: () => call<TemplateView[]>("list_templates") });

/** The event of a template, about a new incident. */
export const useComposeTemplate = () =>
  useMutation<Composed, Error, { actionId: string; template: number }>({ mutationFn: (wanted) => call<Composed>("compose_template", wanted) });

/** Saves a detail under a name. */
export const useSaveTemplate = () =>
  useMutation<TemplateView, Error, { name: string; eventType: EventType; detail: string }>({ mutationFn: (template) => call<TemplateView>("save_template", template) });

/** Deletes a template. */
export const useDeleteTemplate = () => useMutation<null, Error, number>({ mutationFn: (id) => call<null>("delete_template", { id }) });
