import { lazy, Suspense, useCallback, useEffect, useMemo, useState, type ReactNode } from "react";
import { flushSync } from "react-dom";
import { useSettings } from "../settings/SettingsContext";
import { isPressed, type Command } from "./command";
import { CommandsContext } from "./CommandsContext";
// Not loaded on its first use: what is typed meanwhile would be lost.
import { Palette } from "./Palette";
import { useNativeMenu } from "./useNativeMenu";
import { useUsualCommands } from "./usualCommands";

const CheatSheet = lazy(() => import("./CheatSheet"));

type Open = "palette" | "cheat-sheet" | null;

/** Keeps every command, hears their keys, and shows palette and cheat sheet. */
export function CommandsProvider({ children }: { children: ReactNode }) {
  const [added, setAdded] = useState<readonly (readonly Command[])[]>([]);
  const [open, setOpen] = useState<Open>(null);
  const openPalette = useCallback(() => setOpen("palette"), []);
  const openCheatSheet = useCallback(() => setOpen("cheat-sheet"), []);
  const usual = useUsualCommands({ openPalette, openCheatSheet });
  const commands = useMemo(() => [...added.flat(), ...usual], [added, usual]);
  const add = useCallback((more: readonly Command[]) => {
    setAdded((all) => [...all, more]);
    return () => setAdded((all) => all.filter((one) => one !== more));
  }, []);
  useKeys(commands);
  useNativeMenu(commands, useSettings().settings.menu_bar);
  const value = useMemo(() => ({ commands, add, openPalette, openCheatSheet }), [add, commands, openCheatSheet, openPalette]);
  return (
    <CommandsContext value={value}>
      {children}
      {open === "palette" && <Palette commands={commands} onClose={() => setOpen(null)} />}
      <Suspense>
        {open === "cheat-sheet" && <CheatSheet commands={commands} onClose={() => setOpen(null)} />}
      </Suspense>
    </CommandsContext>
  );
}

function useKeys(commands: readonly Command[]): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.repeat || event.defaultPrevented) return;
      const command = commands.find(({ keys }) => keys !== undefined && isPressed(event, keys));
      if (!command) return;
      event.preventDefault();
      // What opens has the focus before the next key is looked at.
      flushSync(command.run);
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [commands]);
}
