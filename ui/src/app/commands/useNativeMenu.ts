import { useEffect, useRef } from "react";
import { removeMenu, setMenu } from "../../ipc/menu";
import { keysText, type Command } from "./command";

const GROUPS: readonly Command["group"][] = ["Go to", "Do", "View"];

/** Keeps the native menu true to the registry; a choice there does the command. */
export function useNativeMenu(commands: readonly Command[], shown: boolean): void {
  const latest = useRef(commands);
  useEffect(() => {
    latest.current = commands;
  });
  const items = GROUPS.flatMap((group) => commands.filter((command) => command.group === group));
  const menu = JSON.stringify(items.map(({ id, title, group, keys }) => ({ id, title, group, keys: keys === undefined ? null : keysText(keys) })));
  useEffect(() => {
    if (!shown) removeMenu();
  }, [shown]);
  useEffect(() => {
    if (shown) return setMenu(JSON.parse(menu), (id) => latest.current.find((command) => command.id === id)?.run());
  }, [menu, shown]);
}
