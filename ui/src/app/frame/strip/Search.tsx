import Icon from "@cloudscape-design/components/icon";
import { useCommands } from "../../commands/CommandsContext";
import { keysText } from "../../commands/command";

/** The palette, for those who do not know its keys yet. */
export function Search() {
  const { openPalette } = useCommands();
  return (
    <button type="button" className="strip-search" onClick={openPalette} title="Find a command" data-testid="strip-search">
      <Icon name="search" size="small" />
      <span>Search or run</span>
      <kbd>{keysText("Mod+K")}</kbd>
    </button>
  );
}
