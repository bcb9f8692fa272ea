import { expect, test } from "vitest";
import { mendLanguage } from "./language";

const navigatorWith = (language: string) => ({ language, languages: [language] }) as unknown as Navigator;

test("the locale C, which is no language, becomes English", () => {
  const navigator = navigatorWith("C");
  mendLanguage(navigator);
  expect(navigator.language).toBe("en");
  expect(() => new Intl.NumberFormat([...navigator.languages])).not.toThrow();
});

test("a real language is left as it is", () => {
  const navigator = navigatorWith("de-DE");
  mendLanguage(navigator);
  expect(navigator.language).toBe("de-DE");
});
