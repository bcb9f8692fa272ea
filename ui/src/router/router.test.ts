import { expect, test } from "vitest";
import { parseHash } from "./location";
import { paths } from "./paths";

test.each([
  ["", "overview", []],
  ["#/", "overview", []],
  [paths.deliveries("r 1/2"), "deliveries", ["r 1/2"]],
  [paths.setup(), "setup", []],
  ["#/actions/%E0%A4%A", "actions", ["%E0%A4%A"]],
])("the address %s leads to %s", (hash, view, rest) => {
  expect(parseHash(hash)).toMatchObject({ view, rest });
});

test("what follows the question mark is read as a query", () => {
  expect(parseHash(paths.newAction(7)).query.get("source")).toBe("7");
});
