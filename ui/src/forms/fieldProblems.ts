import type { FieldProblem } from "../ipc/bindings/FieldProblem";
import { IpcError } from "../ipc/error";

/** The refused fields that an error names; none where it is about something else. */
export function fieldProblems(error: Error | null): FieldProblem[] {
  if (!(error instanceof IpcError) || error.code !== "bad_input" || !error.detail) return [];
  try {
    const parsed: unknown = JSON.parse(error.detail);
    return Array.isArray(parsed) ? parsed.filter(isFieldProblem) : [];
  } catch {
    return [];
  }
}

function isFieldProblem(value: unknown): value is FieldProblem {
  return typeof value === "object" && value !== null && "field" in value && "reason" in value;
}

/** What to say at one field, if anything: the reason as a sentence of its own. */
export function problemAt(problems: readonly FieldProblem[], field: string): string | undefined {
  const reason = problems.find((problem) => problem.field === field)?.reason;
  return reason && asSentence(reason);
}

/** A reason that stands alone begins with a capital letter, unless it begins with a name such as `events:PutRule`. */
export const asSentence = (reason: string): string =>
  /^[a-z-]+(?=[ ,.;]|$)/.test(reason) ? reason.charAt(0).toUpperCase() + reason.slice(1) : reason;

/** The problems of fields that a form does not show, so that no refusal stays unseen. */
export function problemsElsewhere(problems: readonly FieldProblem[], shown: readonly string[]): FieldProblem[] {
  return problems.filter((problem) => !shown.includes(problem.field));
}
