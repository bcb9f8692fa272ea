export interface LatencyPoint {
  /** When it was read, in milliseconds since 1970. */
  at: number;
  ms: number;
}

/** The value below which `share` of the sorted values lie; null where there is none. */
export function percentile(sorted: readonly number[], share: number): number | null {
  if (sorted.length === 0) return null;
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? null;
}

export interface Span {
  from: number;
  to: number;
}

/** Columns for the plot: seconds since 1970, then p50, p95 and p99; a column without arrivals breaks the lines. */
export type Series = [number[], (number | null)[], (number | null)[], (number | null)[]];

const SHARES = [0.5, 0.95, 0.99] as const;

/** Latency percentiles over time, in `columns` equal slices of the span. */
export function latencySeries(points: readonly LatencyPoint[], span: Span, columns: number): Series {
  const width = Math.max(1, (span.to - span.from) / columns);
  const slices: number[][] = Array.from({ length: columns }, () => []);
  for (const point of points) {
    slices[Math.min(columns - 1, Math.floor((point.at - span.from) / width))]?.push(point.ms);
  }
  for (const slice of slices) slice.sort((one, other) => one - other);
  const [p50, p95, p99] = SHARES.map((share) => slices.map((slice) => percentile(slice, share)));
  const times = slices.map((_, index) => (span.from + (index + 0.5) * width) / 1000);
  return [times, p50 ?? [], p95 ?? [], p99 ?? []];
}

/** From the first to the last arrival, at least a second wide. */
export function spanOf(points: readonly LatencyPoint[]): Span | null {
  if (points.length === 0) return null;
  let [from, to] = [Infinity, -Infinity];
  for (const { at } of points) {
    if (at < from) from = at;
    if (at > to) to = at;
  }
  return { from, to: Math.max(to, from + 1000) };
}
