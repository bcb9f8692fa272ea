import { createContext, useContext, useEffect, useRef } from "react";
import type { Command } from "./command";

export interface Commands {
  commands: readonly Command[];
  /** Adds commands; the answer takes them away. */
  add: (commands: readonly Command[]) => () => void;
  openPalette: () => void;
  openCheatSheet: () => void;
}

export const CommandsContext = createContext<Commands | null>(null);

/** The one registry of commands. */
export function useCommands(): Commands {
  const commands = useContext(CommandsContext);
  if (!commands) throw new Error("useCommands needs a CommandsProvider above it");
  return commands;
}

/** Adds a component's commands while it is shown; `key` says when they are others. */
export function useOwnCommands(key: string, commands: readonly Command[]): void {
  const { add } = useCommands();
  const latest = useRef(commands);
  useEffect(() => {
    latest.current = commands;
  });
  useEffect(() => add(latest.current.map((command) => ({ ...command, run: () => latest.current.find((own) => own.id === command.id)?.run() }))), [add, key]);
}
