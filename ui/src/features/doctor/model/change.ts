import type { DifferenceLine } from "../../../ipc/bindings/DifferenceLine";
import type { Line } from "../../../kit/Code";
import type { Mark } from "../../../kit/CodeLine";
import { foldLines } from "../../../kit/diff/foldLines";

/** Lines that stay, kept on either side of a change. */
const CONTEXT = 3;
/** Fewer lines than this are not worth folding. */
const SHORT = 14;

const MARKS: Readonly<Record<string, Mark>> = { "+": "add", "-": "del" };

/** A change as numbered lines, long stretches that stay folded away; the numbers are those of the text afterwards. */
export function changeLines(difference: readonly DifferenceLine[], whole: boolean): Line[] {
  const numbered = number(difference);
  if (whole || difference.length <= SHORT) return numbered;
  return foldLines(numbered, (line) => line.mark !== "dim", CONTEXT);
}

/** Whether folding hides anything. */
export const isLong = (difference: readonly DifferenceLine[]) => changeLines(difference, false).length < difference.length;

function number(difference: readonly DifferenceLine[]): Line[] {
  let at = 0;
  return difference.map(({ sign, text }) => {
    const mark = MARKS[sign.trim()] ?? "dim";
    return mark === "del" ? { text, mark } : { text, mark, number: (at += 1) };
  });
}
