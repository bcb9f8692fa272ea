import type { FieldProblem } from "./bindings/FieldProblem";
import { IpcError } from "./error";

/** The refused fields of an error with code `bad_input`; empty for any other error. */
export function fieldProblems(error: unknown): FieldProblem[] {
  if (!(error instanceof IpcError) || error.code !== "bad_input" || !error.detail) return [];
  try {
    const parsed: unknown = JSON.parse(error.detail);
    return Array.isArray(parsed) ? parsed.filter(isProblem) : [];
  } catch {
    return [];
  }
}

/** The sentence about one field, as `errorText` of its form field. */
export function problemOf(problems: readonly FieldProblem[], field: string): string | undefined {
  return problems.find((problem) => problem.field === field)?.reason;
}

function isProblem(value: unknown): value is FieldProblem {
  return typeof value === "object" && value !== null && "field" in value && "reason" in value;
}
