import type { Diagnostic } from "@codemirror/lint";
import type { Text } from "@codemirror/state";

/** What is wrong with a text, and where, counted from 1. */
export interface TextProblem {
  message: string;
  line: number | null;
  column: number | null;
}

/** The marks of a text: its problem as an error, then what is unusual about it as warnings. */
export function diagnosticsOf(text: Text, problem: TextProblem | null, unusual: readonly TextProblem[] = []): Diagnostic[] {
  const marks = [...(problem ? [mark(text, problem, "error")] : []), ...unusual.map((one) => mark(text, one, "warning"))];
  return marks.flatMap((one) => one ?? []).sort((one, other) => one.from - other.from);
}

/** A problem at its place: from its column to the end of the value that stands there. */
function mark(text: Text, problem: TextProblem, severity: "error" | "warning"): Diagnostic | null {
  if (problem.line === null) return null;
  const line = text.line(Math.min(Math.max(1, Number(problem.line)), text.lines));
  const column = Math.max(0, Number(problem.column ?? 1) - 1);
  const from = Math.min(line.from + column, line.to);
  if (from === line.to) return { from: line.from, to: line.to, severity, message: problem.message };
  const value = /^(?:"(?:[^"\\]|\\.)*"|[^,\s\]}]+)/.exec(line.text.slice(column))?.[0].length ?? 1;
  return { from, to: Math.min(from + Math.max(1, value), line.to), severity, message: problem.message };
}
