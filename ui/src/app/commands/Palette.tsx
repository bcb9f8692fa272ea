import { useId, useMemo, useState, type KeyboardEvent } from "react";
import { Dialog } from "./Dialog";
import { find, keysText, type Command } from "./command";
import "./commands.css";

/** Every command by a few letters of its name: arrows choose, Enter does it. */
export function Palette({ commands, onClose }: { commands: readonly Command[]; onClose: () => void }) {
  const id = useId();
  const [search, setSearch] = useState("");
  const [at, setAt] = useState(0);
  const found = useMemo(() => find(commands, search), [commands, search]);
  const chosen = found[Math.min(at, found.length - 1)];
  const run = (command: Command | undefined) => {
    if (!command) return;
    onClose();
    command.run();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      setAt((now) => (Math.min(now, found.length - 1) + step + found.length) % Math.max(1, found.length));
    }
    if (event.key === "Enter") {
      event.preventDefault();
      run(chosen);
    }
  };
  return (
    <Dialog label="Commands" onClose={onClose}>
      <input
        className="palette-search"
        role="combobox"
        aria-label="Find a command"
        aria-expanded
        aria-controls={`${id}-list`}
        aria-activedescendant={chosen && `${id}-${chosen.id}`}
        placeholder="Find a command"
        autoFocus
        value={search}
        onChange={(event) => {
          setSearch(event.target.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div className="palette-list" role="listbox" id={`${id}-list`} aria-label="Commands">
        {found.map((command) => (
          <div
            key={command.id}
            id={`${id}-${command.id}`}
            role="option"
            aria-selected={command === chosen}
            ref={command === chosen ? (element) => element?.scrollIntoView({ block: "nearest" }) : undefined}
            className="palette-item"
            onClick={() => run(command)}
          >
            <span className="palette-group">{command.group}</span>
            <span>{command.title}</span>
            {command.keys && <kbd>{keysText(command.keys)}</kbd>}
          </div>
        ))}
      </div>
      {found.length === 0 && <div className="palette-none" role="status">No command is called that.</div>}
    </Dialog>
  );
}
