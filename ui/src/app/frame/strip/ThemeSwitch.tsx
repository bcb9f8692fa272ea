import ButtonDropdown from "@cloudscape-design/components/button-dropdown";
import type { Theme } from "../../../ipc/bindings/Theme";
import { useSettings } from "../../settings/SettingsContext";

const CHOICES: Record<Theme, string> = { light: "Light", dark: "Dark", system: "As the system" };

/** Chooses between light, dark and the system's mode. */
export function ThemeSwitch() {
  const { settings, change } = useSettings();
  const choices = Object.entries(CHOICES) as [Theme, string][];
  return (
    <ButtonDropdown
      variant="icon"
      ariaLabel={`Theme: ${CHOICES[settings.theme]}`}
      iconName="light-dark"
      items={choices.map(([id, text]) => ({ id, text, itemType: "checkbox", checked: id === settings.theme }))}
      onItemClick={({ detail }) => change({ theme: detail.id as Theme })}
    />
  );
}
