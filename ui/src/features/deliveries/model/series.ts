import type { LatencyPoint } from "../../../ipc/bindings/LatencyPoint";

/** Seconds since 1970, then p50, p95 and p99. */
export type Series = [number[], (number | null)[], (number | null)[], (number | null)[]];

/** Slices further apart than this many of the closest ones are not joined by a line. */
const JOINED = 1.5;

/** Columns for the plot; where nothing arrived between two slices, the lines break. */
export function series(points: readonly LatencyPoint[]): Series {
  const times = points.map((point) => Date.parse(point.at) / 1000);
  const steps = times.slice(1).map((time, index) => time - (times[index] ?? time));
  const widest = Math.min(...steps, Infinity) * JOINED;
  const columns: Series = [[], [], [], []];
  points.forEach((point, index) => {
    const [before, at] = [times[index - 1], times[index] ?? 0];
    if (before !== undefined && at - before > widest) append(columns, (before + at) / 2, [null, null, null]);
    append(columns, at, [point.p50, point.p95, point.p99]);
  });
  return columns;
}

function append(columns: Series, at: number, values: [number | null, number | null, number | null]): void {
  columns[0].push(at);
  columns[1].push(values[0]);
  columns[2].push(values[1]);
  columns[3].push(values[2]);
}
