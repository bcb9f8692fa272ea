export interface Bin {
  /** Milliseconds; `from` belongs to the bin, `to` to the next. */
  from: number;
  to: number;
  count: number;
  /** The whole bin lies beyond the deadline. */
  late: boolean;
}

const PER_OCTAVE = 2;
const FEWEST_BINS = 8;

const edge = (index: number) => 2 ** (index / PER_OCTAVE);
const place = (ms: number) => Math.max(0, Math.floor(Math.log2(Math.max(1, ms)) * PER_OCTAVE));

/** Latencies in bins that double every second one, from the fastest to the slowest. */
export function histogram(latencies: readonly number[], deadlineMs: number): Bin[] {
  if (latencies.length === 0) return [];
  const counts = new Map<number, number>();
  for (const ms of latencies) counts.set(place(ms), (counts.get(place(ms)) ?? 0) + 1);
  const first = Math.min(...counts.keys());
  const last = Math.max(...counts.keys(), first + FEWEST_BINS - 1);
  return Array.from({ length: last - first + 1 }, (_, offset) => {
    const index = first + offset;
    return { from: edge(index), to: edge(index + 1), count: counts.get(index) ?? 0, late: edge(index) >= deadlineMs };
  });
}
