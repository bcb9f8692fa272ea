import type { WindowSettings } from "./bindings/WindowSettings";

declare global {
  interface Window {
    /** Put there by the desktop before the page begins. */
    __WAYBILL_SETTINGS__?: Partial<WindowSettings>;
  }
}

/** The settings that the desktop gave the page on its way. */
export const givenSettings = (): Partial<WindowSettings> | undefined => window.__WAYBILL_SETTINGS__;
