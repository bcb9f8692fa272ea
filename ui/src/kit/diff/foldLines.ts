import type { Line } from "../Code";

/** Lines with long stretches taken out that nobody needs to see: what is within `context` lines of a kept one stays. */
export function foldLines(lines: readonly Line[], keep: (line: Line) => boolean, context: number): Line[] {
  const kept = lines.flatMap((line, row) => (keep(line) ? [row] : []));
  if (kept.length === 0) return [...lines];
  const folded: Line[] = [];
  let hidden = 0;
  const flush = () => {
    if (hidden > 0) folded.push({ text: `⋯ ${hidden} more ${hidden === 1 ? "line" : "lines"}`, mark: "dim" });
    hidden = 0;
  };
  lines.forEach((line, row) => {
    if (!kept.some((at) => Math.abs(at - row) <= context)) {
      hidden += 1;
      return;
    }
    flush();
    folded.push(line);
  });
  flush();
  return folded;
}
