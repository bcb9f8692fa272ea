import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { fullName, NAMES, themeSheet, tokensCss } from "../../scripts/tokens.mjs";

const sheet = themeSheet();

/** The declarations of the first rule with a selector. */
function rule(selector: string): Map<string, string> {
  const start = sheet.indexOf(`${selector} {`);
  const body = sheet.slice(start, sheet.indexOf("}", start));
  return new Map([...body.matchAll(/(--[\w-]+):([^;]+);/g)].map((match) => [match[1] ?? "", match[2] ?? ""]));
}

const light = rule("  body");
const dark = new Map([...light, ...rule("    .awsui-dark-mode:not(#\\9)")]);

function resolve(name: string, mode: ReadonlyMap<string, string>): string | undefined {
  const value = mode.get(name);
  const inner = value?.match(/^var\((--[\w-]+)\)$/)?.[1];
  return inner ? resolve(inner, mode) : value;
}

test("the names are those of the installed components package", () => {
  expect(readFileSync("src/style/tokens.css", "utf8"), "run `npm run tokens`").toBe(tokensCss());
});

test.each(NAMES.filter((name) => name.startsWith("color-")))("%s resolves to another value in dark mode", (name) => {
  const full = fullName(sheet, name);
  expect(resolve(full, light)).toMatch(/^#|^rgb|transparent/);
  expect(resolve(full, dark)).not.toBe(resolve(full, light));
});
