import type { DeliveryRow } from "../../../ipc/bindings/DeliveryRow";
import type { Latency } from "../../../ipc/bindings/Latency";
import type { LatencyBucket } from "../../../ipc/bindings/LatencyBucket";
import type { LatencyPoint } from "../../../ipc/bindings/LatencyPoint";
import type { LatencyView } from "../../../ipc/bindings/LatencyView";
import { IdSet } from "../../../kit/idSet";

const BARS_PER_DOUBLING = 8;
const SLICE_MS = 1000;
/** Slices that may still grow; older ones are drawn as they are. */
const OPEN_SLICES = 8;
/** Points of the live part; older ones fall out on the left. */
const MOST_POINTS = 900;

/** Counts by the number of their bar. */
type Bars = Map<number, number>;

const barOf = (ms: number) => Math.ceil(BARS_PER_DOUBLING * Math.log2(Math.max(1, ms)));
const edgeOf = (bar: number) => 2 ** (bar / BARS_PER_DOUBLING);
const put = (bars: Bars, bar: number, count = 1) => bars.set(bar, (bars.get(bar) ?? 0) + count);

/** Latencies as the store answered them, kept true by the live rows without asking again. */
export class LiveLatency {
  private readonly base: LatencyView;
  private readonly bars: Bars = new Map();
  private readonly open = new Map<number, Bars>();
  private readonly closed: LatencyPoint[] = [];
  private readonly counted = new IdSet();

  constructor(base: LatencyView) {
    this.base = base;
    for (const bucket of base.buckets) put(this.bars, Math.round(BARS_PER_DOUBLING * Math.log2(bucket.upto_ms)), bucket.count);
  }

  /** Takes rows in; each event counts once. */
  add(rows: readonly DeliveryRow[]): boolean {
    let changed = false;
    for (const row of rows) {
      if (row.latency_ms === null || row.published_at === null || !this.counted.add(row.id)) continue;
      const bar = barOf(row.latency_ms);
      const slice = Math.floor((Date.parse(row.published_at) + row.latency_ms) / SLICE_MS);
      put(this.bars, bar);
      this.sliceOf(slice, bar);
      changed = true;
    }
    if (changed) this.close();
    return changed;
  }

  private sliceOf(slice: number, bar: number): void {
    const last = this.closed.at(-1);
    if (last && slice * SLICE_MS <= Date.parse(last.at)) return;
    const bars = this.open.get(slice) ?? new Map<number, number>();
    this.open.set(slice, bars);
    put(bars, bar);
  }

  private close(): void {
    const slices = [...this.open.keys()].sort((one, other) => one - other);
    for (const slice of slices.slice(0, Math.max(0, slices.length - OPEN_SLICES))) {
      this.closed.push(point(slice, this.open.get(slice) ?? new Map()));
      this.open.delete(slice);
    }
    if (this.closed.length > MOST_POINTS) this.closed.splice(0, this.closed.length - MOST_POINTS);
  }

  /** What the plots show now. */
  view(): { groups: LatencyPoint[][]; summary: Latency; buckets: LatencyBucket[] } {
    if (this.counted.size === 0) return { groups: [this.base.points], summary: this.base.summary, buckets: this.base.buckets };
    const open = [...this.open].sort(([one], [other]) => one - other).map(([slice, bars]) => point(slice, bars));
    const [p50, p95, p99] = [0.5, 0.95, 0.99].map((share) => Math.round(percentile(this.bars, share)));
    const max = Math.round(edgeOf(Math.max(...this.bars.keys())));
    return { groups: [this.base.points, [...this.closed, ...open]], summary: { p50: p50 ?? null, p95: p95 ?? null, p99: p99 ?? null, max }, buckets: bucketsOf(this.bars) };
  }
}

const bucketsOf = (bars: Bars): LatencyBucket[] => [...bars].sort(([one], [other]) => one - other).map(([bar, count]) => ({ upto_ms: edgeOf(bar), count }));

function point(slice: number, bars: Bars): LatencyPoint {
  const count = [...bars.values()].reduce((sum, one) => sum + one, 0);
  const at = new Date(slice * SLICE_MS).toISOString();
  return { at, count, p50: percentile(bars, 0.5), p95: percentile(bars, 0.95), p99: percentile(bars, 0.99) };
}

/** The latency that a share of the events did not exceed: the upper edge of its bar. */
export function percentile(bars: Bars, share: number): number {
  const sorted = [...bars].sort(([one], [other]) => one - other);
  const wanted = Math.ceil(share * sorted.reduce((sum, [, count]) => sum + count, 0));
  let seen = 0;
  for (const [bar, count] of sorted) {
    seen += count;
    if (seen >= wanted) return edgeOf(bar);
  }
  return 0;
}

/** The fine bars put together to one for each doubling, without a hole between the first and the last. */
export function doublings(buckets: readonly LatencyBucket[]): LatencyBucket[] {
  const bars: Bars = new Map();
  for (const bucket of buckets) put(bars, Math.ceil(Math.log2(bucket.upto_ms) - 1e-9), bucket.count);
  if (bars.size === 0) return [];
  const [first, last] = [Math.min(...bars.keys()), Math.max(...bars.keys())];
  return Array.from({ length: last - first + 1 }, (_, at) => ({ upto_ms: 2 ** (first + at), count: bars.get(first + at) ?? 0 }));
}
