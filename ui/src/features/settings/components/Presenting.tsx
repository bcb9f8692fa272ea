import Toggle from "@cloudscape-design/components/toggle";
import { useSettings } from "../../../app/settings/SettingsContext";

/** Whether the window is shown to others. */
export function Presenting() {
  const { settings, change } = useSettings();
  return (
    <Toggle checked={settings.presenter} description="Larger type, account ids masked everywhere, and a story in six scenes at the foot of the window." onChange={({ detail }) => change({ presenter: detail.checked })}>
      Presenter mode
    </Toggle>
  );
}
