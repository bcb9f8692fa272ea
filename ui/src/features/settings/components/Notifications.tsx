import Toggle from "@cloudscape-design/components/toggle";
import { useSettings } from "../../../app/settings/SettingsContext";

/** Whether the system tells of runs that end. */
export function Notifications() {
  const { settings, change } = useSettings();
  return (
    <Toggle checked={settings.notify} description="Only while the window is not in front, and where the desktop shows notifications." onChange={({ detail }) => change({ notify: detail.checked })}>
      Tell me when a run has ended
    </Toggle>
  );
}
