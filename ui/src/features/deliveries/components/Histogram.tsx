import type { LatencyBucket } from "../../../ipc/bindings/LatencyBucket";
import { doublings } from "../model/liveLatency";
import { formatCount, formatDuration } from "../../../kit/format";

/** Bars at the least: one alone would not show that the others are empty. */
const FEWEST = 7;

/** The buckets with empty ones on both sides, until there are enough to compare. */
function withNeighbours(buckets: readonly LatencyBucket[]): LatencyBucket[] {
  const all = [...buckets];
  while (all.length < FEWEST) {
    const first = all[0]?.upto_ms ?? 1;
    const last = all[all.length - 1]?.upto_ms ?? 1;
    if (first > 1 && all.length % 2 === 1) all.unshift({ upto_ms: first / 2, count: 0 });
    else all.push({ upto_ms: last * 2, count: 0 });
  }
  return all;
}

/** How many events took how long; each bar stands for twice the time of the one before. */
export function Histogram({ buckets }: { buckets: readonly LatencyBucket[] }) {
  if (buckets.length === 0) return <p className="chart-empty">Nothing has been read back yet.</p>;
  const bars = doublings(buckets);
  const most = Math.max(...bars.map((bucket) => bucket.count));
  return (
    <ul className="histogram" aria-label="Latencies by size">
      {withNeighbours(bars).map((bucket) => (
        <li key={bucket.upto_ms} title={`up to ${formatDuration(bucket.upto_ms)}: ${formatCount(bucket.count)}`}>
          <span className="histogram-space"><i style={{ height: `${(100 * bucket.count) / Math.max(1, most)}%` }} /></span>
          <span className="histogram-edge">{shortEdge(bucket.upto_ms)}</span>
          <span className="wb-unseen">{`up to ${formatDuration(bucket.upto_ms)}: ${bucket.count}`}</span>
        </li>
      ))}
    </ul>
  );
}

const shortEdge = (ms: number) => (ms < 1000 ? String(Math.round(ms)) : `${Math.round(ms / 100) / 10}s`);
