import { useState } from "react";
import { useQuery } from "@tanstack/react-query";
import ButtonDropdown, { type ButtonDropdownProps } from "@cloudscape-design/components/button-dropdown";
import type { TemplateView } from "../../../ipc/bindings/TemplateView";
import { useNotify } from "../../../notify/NotifyContext";
import { templatesQuery, useComposeTemplate, useDeleteTemplate } from "../api/templates";
import type { ComposerState } from "../model/useComposer";
import { SaveTemplateModal } from "./SaveTemplateModal";

/** Details under a name: taken, saved, deleted. */
export function Templates({ actionId, composer }: { actionId: string; composer: ComposerState }) {
  const [saving, setSaving] = useState(false);
  const templates = useQuery(templatesQuery()).data ?? [];
  const compose = useComposeTemplate();
  const remove = useDeleteTemplate();
  const notify = useNotify();
  const use = (template: number) =>
    compose.mutate({ actionId, template }, { onSuccess: composer.take, onError: (error) => notify.fail("The template could not be used", error, "template") });
  const choose = (id: string) => {
    const [what, number] = id.split(" ");
    if (what === "save") setSaving(true);
    if (what === "use") use(Number(number));
    if (what === "delete") remove.mutate(Number(number), { onError: (error) => notify.fail("The template was not deleted", error, "template") });
  };
  return (
    <>
      <ButtonDropdown items={items(templates)} loading={compose.isPending} expandToViewport onItemClick={({ detail }) => choose(detail.id)}>Templates</ButtonDropdown>
      {saving && <SaveTemplateModal composer={composer} known={templates} onDone={() => setSaving(false)} />}
    </>
  );
}

function items(templates: readonly TemplateView[]): ButtonDropdownProps.ItemOrGroup[] {
  const save = { id: "save", text: "Save as template…", iconName: "add-plus" as const };
  if (templates.length === 0) return [save];
  const each = (what: "use" | "delete") => templates.map(({ id, name, event_type }) => ({ id: `${what} ${id}`, text: name, secondaryText: event_type }));
  return [{ text: "Use", items: each("use") }, save, { text: "Delete", items: each("delete") }];
}
