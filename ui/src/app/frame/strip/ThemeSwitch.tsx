import ButtonDropdown from "@cloudscape-design/components/button-dropdown";
import { useTheme, type Theme } from "../../theme";

const CHOICES: Record<Theme, string> = { light: "Light", dark: "Dark", system: "As the system" };

/** Chooses between light, dark and the system's mode. */
export function ThemeSwitch() {
  const [theme, setTheme] = useTheme();
  const choices = Object.entries(CHOICES) as [Theme, string][];
  return (
    <ButtonDropdown
      variant="icon"
      ariaLabel={`Theme: ${CHOICES[theme]}`}
      iconName="light-dark"
      items={choices.map(([id, text]) => ({ id, text, itemType: "checkbox", checked: id === theme }))}
      onItemClick={({ detail }) => setTheme(detail.id as Theme)}
    />
  );
}
