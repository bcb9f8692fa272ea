import type { LatencyPoint } from "../../../ipc/bindings/LatencyPoint";

/** Seconds since 1970, then p50, p95 and p99. */
export type Series = [number[], (number | null)[], (number | null)[], (number | null)[]];

/** Slices further apart than this many of the closest ones are not joined by a line. */
const JOINED = 1.5;

/** Columns for the plot; where nothing arrived between two slices of a group, the lines break. Each group has slices of one length. */
export function series(groups: readonly (readonly LatencyPoint[])[]): Series {
  const columns: Series = [[], [], [], []];
  for (const points of groups) appendGroup(columns, points);
  return columns;
}

function appendGroup(columns: Series, points: readonly LatencyPoint[]): void {
  const times = points.map((point) => Date.parse(point.at) / 1000);
  const steps = times.slice(1).map((time, index) => time - (times[index] ?? time));
  const widest = Math.min(...steps, Infinity) * JOINED;
  points.forEach((point, index) => {
    const [before, at] = [times[index - 1], times[index] ?? 0];
    if ((columns[0].at(-1) ?? -Infinity) >= at) return;
    if (before !== undefined && at - before > widest) append(columns, (before + at) / 2, [null, null, null]);
    append(columns, at, [point.p50, point.p95, point.p99]);
  });
}

function append(columns: Series, at: number, values: [number | null, number | null, number | null]): void {
  columns[0].push(at);
  columns[1].push(values[0]);
  columns[2].push(values[1]);
  columns[3].push(values[2]);
}
