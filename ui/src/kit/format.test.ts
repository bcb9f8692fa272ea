import { expect, test } from "vitest";
import { formatAgo, formatBytes, formatCountdown, formatDuration, formatLeft } from "./format";
import { highlight } from "./highlight";
import { shortName } from "./shortName";

test.each([
  [null, "–"],
  [0, "0 ms"],
  [14.4, "14 ms"],
  [5412, "5.41 s"],
  [30_000, "30 s"],
  [125_000, "2 min 5 s"],
])("a duration of %s ms reads %s", (ms, words) => expect(formatDuration(ms)).toBe(words));

test.each([
  [800, "0.8 s ago"],
  [59_000, "59 s ago"],
  [120_000, "2 min ago"],
  [7_200_000, "2 h ago"],
])("%s ms ago reads %s", (ms, words) => expect(formatAgo(ms)).toBe(words));

test.each([
  [-5, "0 s"],
  [40_000, "40 s"],
  [533_000_000, "6 d 4 h"],
])("%s ms left reads %s", (ms, words) => expect(formatLeft(ms)).toBe(words));

test.each([
  [631, "631 B"],
  [12_700, "12.4 KB"],
])("%s bytes read %s", (bytes, words) => expect(formatBytes(bytes)).toBe(words));

test("keys, strings and numbers of a line are told apart, and nothing is lost", () => {
  const line = '  "priority": "HIGH", "n": -1.5e3, "b": true';
  const tokens = highlight(line);
  expect(tokens.map((token) => token.text).join("")).toBe(line);
  expect(tokens.filter((token) => token.kind === "key").map((token) => token.text)).toEqual(['"priority"', '"n"', '"b"']);
  expect(tokens.filter((token) => token.kind === "number").map((token) => token.text)).toEqual(["-1.5e3", "true"]);
});

test("a partner event source shows the start of its unique part, other names stay whole", () => {
  const name = "aws.partner/ilert.com/shop/cc23670e-ad3e-4c38-8d45-d22c36ced352";
  expect(shortName("partner_source", name)).toBe("cc23670e-ad3e…");
  expect(shortName("rule", "all-incidents")).toBe("all-incidents");
});

test.each([
  [6 * 86_400_000 + 4 * 3_600_000 + 12 * 60_000 + 55_900, "6 d 04:12:55"],
  [3_599_000, "00:59:59"],
  [-5, "00:00:00"],
])("%s ms left count down as %s", (ms, words) => expect(formatCountdown(ms)).toBe(words));
