import type { Line } from "../Code";
import type { Sides } from "./sides";

/** Equal lines kept on either side of a change. */
const CONTEXT = 4;

/** The same sides with long equal stretches taken out; unchanged where nothing differs. */
export function fold(sides: Sides): Pick<Sides, "left" | "right"> {
  if (sides.changed.length === 0) return sides;
  const near = (row: number) => sides.changed.some((changed) => Math.abs(changed - row) <= CONTEXT);
  const kept = sides.left.map((_, row) => row).filter(near);
  const first = kept[0] ?? 0;
  return { left: stitch(sides.left, kept, first), right: stitch(sides.right, kept, first) };
}

function stitch(lines: readonly Line[], kept: readonly number[], first: number): Line[] {
  const out: Line[] = first > 0 ? [gap(first)] : [];
  kept.forEach((row, index) => {
    const before = kept[index - 1];
    if (before !== undefined && row - before > 1) out.push(gap(row - before - 1));
    out.push(lines[row] ?? { text: "" });
  });
  const rest = lines.length - 1 - (kept.at(-1) ?? 0);
  return rest > 0 ? [...out, gap(rest)] : out;
}

const gap = (count: number): Line => ({ text: `⋯ ${count} equal ${count === 1 ? "line" : "lines"}`, mark: "dim" });
