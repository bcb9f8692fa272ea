import { createContext, useContext } from "react";
import type { WindowSettings } from "../../ipc/bindings/WindowSettings";

export interface Settings {
  settings: WindowSettings;
  /** Takes effect at once and is kept in the data folder. */
  change: (changes: Partial<WindowSettings>) => void;
}

export const SettingsContext = createContext<Settings | null>(null);

/** How the window looks and behaves, and how to change it. */
export function useSettings(): Settings {
  const settings = useContext(SettingsContext);
  if (!settings) throw new Error("useSettings needs a SettingsProvider above it");
  return settings;
}
