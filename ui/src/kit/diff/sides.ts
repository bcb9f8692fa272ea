import type { Line } from "../Code";
import type { Mark } from "../CodeLine";
import { inOrderOf, parseJson, printJson } from "./json";
import { lineDiff, type DiffRow } from "./lineDiff";

export interface Sides {
  left: Line[];
  right: Line[];
  /** Rows that differ. */
  changed: number[];
}

/** Two JSON texts laid out so that equal lines stand side by side; the order of keys does not count. */
export function sides(leftText: string, rightText: string): Sides {
  const [left, right] = lines(leftText, rightText);
  const rows = lineDiff(left, right);
  return {
    left: rows.map((row) => line(left, row.left, mark(row, "del"))),
    right: rows.map((row) => line(right, row.right, mark(row, "add"))),
    changed: rows.flatMap((row, index) => (row.same ? [] : [index])),
  };
}

function lines(leftText: string, rightText: string): [string[], string[]] {
  const [left, right] = [parseJson(leftText), parseJson(rightText)];
  const leftLines = left ? printJson(left) : leftText.split("\n");
  if (!right) return [leftLines, rightText.split("\n")];
  return [leftLines, printJson(left ? inOrderOf(right, left) : right)];
}

function line(all: string[], at: number | null, as: Mark | undefined): Line {
  return at === null ? { text: "" } : { text: all[at] ?? "", number: at + 1, mark: as };
}

function mark(row: DiffRow, alone: Mark): Mark | undefined {
  if (row.same) return undefined;
  return row.left !== null && row.right !== null ? "hit" : alone;
}
