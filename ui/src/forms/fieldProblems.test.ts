import { expect, test } from "vitest";
import { IpcError } from "../ipc/error";
import { fieldProblems, problemAt } from "./fieldProblems";

test("refused fields are read from the detail of bad input only", () => {
  const problems = [{ field: "Name", reason: "Name is empty." }];
  const error = new IpcError({ code: "bad_input", message: "…", detail: JSON.stringify(problems) });
  expect(problemAt(fieldProblems(error), "Name")).toBe("Name is empty.");
  expect(fieldProblems(new IpcError({ code: "aws", message: "…", detail: "[]" }))).toEqual([]);
  expect(fieldProblems(new IpcError({ code: "bad_input", message: "…", detail: "not JSON" }))).toEqual([]);
});
