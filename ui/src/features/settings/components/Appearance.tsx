import Button from "@cloudscape-design/components/button";
import ColumnLayout from "@cloudscape-design/components/column-layout";
import FormField from "@cloudscape-design/components/form-field";
import RadioGroup from "@cloudscape-design/components/radio-group";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Toggle from "@cloudscape-design/components/toggle";
import { useSettings } from "../../../app/settings/SettingsContext";
import type { Density } from "../../../ipc/bindings/Density";
import type { Theme } from "../../../ipc/bindings/Theme";

const THEMES = [
  { value: "light", label: "Light" },
  { value: "dark", label: "Dark" },
  { value: "system", label: "As the system" },
];
const DENSITIES = [
  { value: "compact", label: "Compact", description: "More on one screen" },
  { value: "comfortable", label: "Comfortable", description: "More air" },
];
const STEP = 10;
const [LEAST, MOST] = [50, 200];

/** Theme, density, motion, zoom and menu bar. */
export function Appearance() {
  const { settings, change } = useSettings();
  return (
    <ColumnLayout columns={2}>
      <FormField label="Theme"><RadioGroup items={THEMES} value={settings.theme} onChange={({ detail }) => change({ theme: detail.value as Theme })} /></FormField>
      <FormField label="Density"><RadioGroup items={DENSITIES} value={settings.density} onChange={({ detail }) => change({ density: detail.value as Density })} /></FormField>
      <FormField label="Motion" constraintText="Reduced also where the system asks for it.">
        <Toggle checked={settings.motion === "reduced"} onChange={({ detail }) => change({ motion: detail.checked ? "reduced" : "system" })}>Reduced motion</Toggle>
      </FormField>
      <FormField label="Zoom" constraintText={`From ${LEAST} to ${MOST} %; Ctrl and + or -, Ctrl+0 for 100 %.`}>
        <SpaceBetween direction="horizontal" size="xs" alignItems="center">
          <Button iconName="zoom-out" variant="icon" ariaLabel="Smaller" disabled={settings.zoom <= LEAST} onClick={() => change({ zoom: settings.zoom - STEP })} />
          <span className="wb-num" data-testid="zoom">{settings.zoom} %</span>
          <Button iconName="zoom-in" variant="icon" ariaLabel="Larger" disabled={settings.zoom >= MOST} onClick={() => change({ zoom: settings.zoom + STEP })} />
        </SpaceBetween>
      </FormField>
      <FormField label="Menu bar" constraintText="Every command is also in the palette, Ctrl+K.">
        <Toggle checked={settings.menu_bar} onChange={({ detail }) => change({ menu_bar: detail.checked })}>Show the menu bar</Toggle>
      </FormField>
    </ColumnLayout>
  );
}
