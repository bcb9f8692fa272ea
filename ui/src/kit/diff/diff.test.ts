import { expect, test } from "vitest";
import { fold } from "./fold";
import { parseJson, printJson } from "./json";
import { sides } from "./sides";

const printed = (text: string) => {
  const value = parseJson(text);
  return value && printJson(value).join("\n");
};

test.each([
  ['{"a":1.0,"b":[1,{"c":null}],"d":{}}', '{\n  "a": 1.0,\n  "b": [\n    1,\n    {\n      "c": null\n    }\n  ],\n  "d": {}\n}'],
  ["[]", "[]"],
  ['"x\\"y"', '"x\\"y"'],
  ["12345678901234567890", "12345678901234567890"],
])("JSON is laid out without touching its numbers: %s", (text, expected) => {
  expect(printed(text)).toBe(expected);
});

test.each(["{", '{"a"}', "[1,]", "{} x", "nope", ""])("what is not JSON is not laid out: %s", (text) => {
  expect(parseJson(text)).toBeNull();
});

test("the order of keys does not count as a difference", () => {
  expect(sides('{"a":1,"b":{"c":2,"d":3}}', '{"b":{"d":3,"c":2},"a":1}').changed).toEqual([]);
});

test("1 and 1.0 differ, as numbers are exact", () => {
  expect(sides('{"a":1}', '{"a":1.0}').changed).toHaveLength(1);
});

test("a changed value stands beside the value it replaced, with the same line number", () => {
  const { left, right, changed } = sides('{"id":"1","priority":"HIGH","x":1}', '{"id":"1","priority":"LOW","x":1}');
  const at = changed[0] ?? -1;
  expect(left[at]).toMatchObject({ text: '  "priority": "HIGH",', number: 3, mark: "hit" });
  expect(right[at]).toMatchObject({ text: '  "priority": "LOW",', number: 3, mark: "hit" });
});

test("a lost line leaves its place empty on the other side", () => {
  const { left, right, changed } = sides("a\nb\nc", "a\nc");
  expect(changed).toEqual([1]);
  expect(left[1]).toMatchObject({ text: "b", mark: "del" });
  expect(right[1]).toEqual({ text: "" });
});

test("long equal stretches fold around a change, and nothing folds where all is equal", () => {
  const lines = Array.from({ length: 30 }, (_, index) => `line ${index}`);
  const other = lines.map((line, index) => (index === 15 ? "changed" : line));
  const folded = fold(sides(lines.join("\n"), other.join("\n")));
  expect(folded.left[0]?.text).toBe("⋯ 11 equal lines");
  expect(folded.left.at(-1)?.text).toBe("⋯ 10 equal lines");
  expect(folded.left).toHaveLength(11);
  expect(fold(sides(lines.join("\n"), lines.join("\n"))).left).toHaveLength(30);
});
