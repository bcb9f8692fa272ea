import CollectionPreferences from "@cloudscape-design/components/collection-preferences";
import { useSettings } from "../../../app/settings/SettingsContext";
import { ACTION_COLUMNS } from "./actionColumns";

const PREFIX = "actions.";
/** Always shown: by it an alert action is known. */
const FIXED = "name";
const COLUMNS = ACTION_COLUMNS.map(({ id = "", header }) => ({ id, label: String(header), alwaysVisible: id === FIXED }));

/** The columns that are shown, as the reader chose them; kept with the window's settings. */
export function useShownColumns() {
  const { settings, change } = useSettings();
  const others = settings.hidden_columns.filter((id) => !id.startsWith(PREFIX));
  const isShown = (id: string) => !settings.hidden_columns.includes(PREFIX + id);
  const show = (shown: readonly string[]) => change({ hidden_columns: [...others, ...COLUMNS.filter(({ id }) => !shown.includes(id)).map(({ id }) => PREFIX + id)] });
  return { shown: COLUMNS.filter(({ id }) => isShown(id)).map(({ id }) => id), show };
}

/** Which columns the list of alert actions has. */
export function ActionPreferences() {
  const { shown, show } = useShownColumns();
  return (
    <CollectionPreferences
      title="Columns"
      confirmLabel="Apply"
      cancelLabel="Cancel"
      preferences={{ visibleContent: shown }}
      visibleContentPreference={{ title: "Shown columns", options: [{ label: "Alert actions", options: COLUMNS.map(({ id, label, alwaysVisible }) => ({ id, label, editable: !alwaysVisible })) }] }}
      onConfirm={({ detail }) => show(detail.visibleContent ?? [])}
    />
  );
}
