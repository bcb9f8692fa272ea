import Button from "@cloudscape-design/components/button";
import { Dialog } from "./Dialog";
import { keysText, type Command } from "./command";

const GROUPS: readonly Command["group"][] = ["Go to", "View", "Do"];
/** Keys that belong to what has the focus, not to a command. */
const LOCAL: readonly [string, string][] = [
  ["Mod+Enter", "Do the view's main action"],
  ["↑ ↓", "Move through rows and cells"],
  ["Esc", "Close what is open"],
];

/** Every command that has keys, from the same list as the palette. */
export default function CheatSheet({ commands, onClose }: { commands: readonly Command[]; onClose: () => void }) {
  return (
    <Dialog label="Keyboard shortcuts" onClose={onClose}>
      <div className="cheat-head"><h2>Keyboard shortcuts</h2><Button variant="icon" iconName="close" ariaLabel="Close" onClick={onClose} /></div>
      <div className="cheat">
        {GROUPS.map((group) => (
          <section key={group} aria-label={group}>
            <h3>{group}</h3>
            <dl>
              {commands.filter((command) => command.group === group && command.keys).map((command) => <Shortcut key={command.id} keys={command.keys ?? ""} title={command.title} />)}
              {group === "Do" && LOCAL.map(([keys, title]) => <Shortcut key={keys} keys={keys} title={title} />)}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}

function Shortcut({ keys, title }: { keys: string; title: string }) {
  return <div><dt>{title}</dt><dd><kbd>{keysText(keys)}</kbd></dd></div>;
}
