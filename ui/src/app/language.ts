// WebKitGTK hands the locale "C" on as a language, which Intl refuses with an exception. It is mended
// before anything else is loaded, since libraries make their number formats while they load.
export function mendLanguage(navigator: Navigator): void {
  try {
    new Intl.NumberFormat(navigator.language);
  } catch {
    Object.defineProperty(navigator, "language", { value: "en", configurable: true });
    Object.defineProperty(navigator, "languages", { value: ["en"], configurable: true });
  }
}

mendLanguage(window.navigator);
