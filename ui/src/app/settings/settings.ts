import { applyDensity, applyMode, Density, disableMotion, Mode } from "@cloudscape-design/global-styles";
import type { WindowSettings } from "../../ipc/bindings/WindowSettings";
import { givenSettings } from "../../ipc/givenSettings";
import { setMasking } from "../../ipc/mask";

export const USUAL: WindowSettings = { theme: "system", density: "compact", motion: "system", zoom: 100, notify: true, menu_bar: true, presenter: false, hidden_columns: [] };

/** The settings as the desktop gave them before the first drawing. */
export const firstSettings = (): WindowSettings => ({ ...USUAL, ...givenSettings() });

const DARK = "(prefers-color-scheme: dark)";
const STILL = "(prefers-reduced-motion: reduce)";

/** Puts the settings on the page. */
export function applySettings(settings: WindowSettings): void {
  const dark = settings.theme === "dark" || (settings.theme === "system" && window.matchMedia(DARK).matches);
  applyMode(dark ? Mode.Dark : Mode.Light);
  applyDensity(settings.density === "compact" ? Density.Compact : Density.Comfortable);
  const still = settings.motion === "reduced" || window.matchMedia(STILL).matches;
  disableMotion(still);
  document.body.classList.toggle("wb-still", still);
  document.body.classList.toggle("wb-presenter", settings.presenter);
  setMasking(settings.presenter);
}

/** Keeps the page true to the system while something is "as the system"; the answer ends it. */
export function followSystem(settings: WindowSettings): () => void {
  applySettings(settings);
  const follow = () => applySettings(settings);
  const media = [window.matchMedia(DARK), window.matchMedia(STILL)];
  for (const one of media) one.addEventListener("change", follow);
  return () => media.forEach((one) => one.removeEventListener("change", follow));
}
