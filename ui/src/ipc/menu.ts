import { Channel } from "@tauri-apps/api/core";
import type { MenuCommand } from "./bindings/MenuCommand";
import { call } from "./call";

/** Puts commands into the window's native menu; `onChosen` gets the id of what is chosen there. The answer ends that. */
export function setMenu(commands: readonly MenuCommand[], onChosen: (id: string) => void): () => void {
  const chosen = new Channel<string>(onChosen);
  // A desktop without menus has the palette all the same.
  call<null>("set_menu", { commands, chosen }).catch(() => undefined);
  return () => {
    chosen.onmessage = () => undefined;
  };
}

/** Takes the window's native menu away. */
export function removeMenu(): void {
  call<null>("remove_menu").catch(() => undefined);
}
