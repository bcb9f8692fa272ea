import type { Diagnostic } from "@codemirror/lint";
import type { Text } from "@codemirror/state";

/** What is wrong with a text, and where, counted from 1. */
export interface TextProblem {
  message: string;
  line: number | null;
  column: number | null;
}

/** The problem as a mark on its place: from its column to the end of the line. */
export function diagnosticsOf(text: Text, problem: TextProblem | null): Diagnostic[] {
  if (!problem || problem.line === null) return [];
  const line = text.line(Math.min(Math.max(1, Number(problem.line)), text.lines));
  const column = Math.max(0, Number(problem.column ?? 1) - 1);
  const from = Math.min(line.from + column, line.to);
  const to = from === line.to ? line.to : Math.min(from + 1, line.to);
  return [{ from: from === line.to ? line.from : from, to, severity: "error", message: problem.message }];
}
