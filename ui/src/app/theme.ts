import { useEffect, useState } from "react";
import { applyMode, Mode } from "@cloudscape-design/global-styles";

export type Theme = "light" | "dark" | "system";

const KEY = "waybill.theme";
const DARK = "(prefers-color-scheme: dark)";

/** The theme that was chosen last; the system's until one is chosen. */
export function storedTheme(): Theme {
  const stored = localStorage.getItem(KEY);
  return stored === "light" || stored === "dark" ? stored : "system";
}

/** Puts a theme on the page. */
export function applyTheme(theme: Theme): void {
  const dark = theme === "dark" || (theme === "system" && window.matchMedia(DARK).matches);
  applyMode(dark ? Mode.Dark : Mode.Light);
}

/** The chosen theme and its setter; follows the system while "system" is chosen. */
export function useTheme(): [Theme, (theme: Theme) => void] {
  const [theme, setTheme] = useState(storedTheme);
  useEffect(() => {
    localStorage.setItem(KEY, theme);
    applyTheme(theme);
    const media = window.matchMedia(DARK);
    const follow = () => applyTheme(theme);
    media.addEventListener("change", follow);
    return () => media.removeEventListener("change", follow);
  }, [theme]);
  return [theme, setTheme];
}
