import ButtonDropdown, { type ButtonDropdownProps } from "@cloudscape-design/components/button-dropdown";
import type { ScenarioView } from "../../../ipc/bindings/ScenarioView";
import { copyText } from "../../../kit/copyText";
import { useNotify } from "../../../notify/NotifyContext";
import { exportScenario, useDeleteScenario } from "../api/scenarios";

/** What is edited: a new scenario, one of the reader's own, a copy, or one from its JSON. */
export type Editing = { what: "new" } | { what: "edit" | "copy"; scenario: ScenarioView } | { what: "import" };

interface ScenarioMenuProps {
  chosen: ScenarioView | null;
  disabled: boolean;
  onEdit: (editing: Editing) => void;
  onDeleted: () => void;
}

/** What can be done with the chosen scenario, and a new one. */
export function ScenarioMenu({ chosen, disabled, onEdit, onDeleted }: ScenarioMenuProps) {
  const remove = useDeleteScenario();
  const notify = useNotify();
  const copy = async (name: string) => {
    try {
      await copyText(exportScenario(name));
      notify.show({ type: "success", header: `Scenario ${name} was copied as JSON`, id: "scenario" });
    } catch (error) {
      notify.fail("The scenario was not copied", error as Error, "scenario");
    }
  };
  const choose = (id: string) => {
    if (id === "new" || id === "import") onEdit({ what: id });
    if (!chosen) return;
    if (id === "edit" || id === "copy") onEdit({ what: id, scenario: chosen });
    if (id === "export") void copy(chosen.name);
    if (id === "delete") remove.mutate(chosen.name, { onSuccess: onDeleted, onError: (error) => notify.fail("The scenario was not deleted", error, "scenario") });
  };
  return <ButtonDropdown items={items(chosen)} disabled={disabled} loading={remove.isPending} expandToViewport onItemClick={({ detail }) => choose(detail.id)}>Scenarios</ButtonDropdown>;
}

function items(chosen: ScenarioView | null): ButtonDropdownProps.Item[] {
  const own = chosen?.built_in ? { disabled: true, disabledReason: "Every Waybill has this one; duplicate it to change it" } : { disabled: chosen === null };
  return [
    { id: "new", text: "New…", iconName: "add-plus" },
    { id: "edit", text: "Edit…", ...own },
    { id: "copy", text: "Duplicate…", disabled: chosen === null },
    { id: "import", text: "Import…" },
    { id: "export", text: "Copy as JSON", disabled: chosen === null },
    { id: "delete", text: "Delete", ...own },
  ];
}
