import type { LatencyBucket } from "../../../ipc/bindings/LatencyBucket";
import { formatCount, formatDuration } from "../../../kit/format";

/** How many events took how long; each bar stands for twice the time of the one before. */
export function Histogram({ buckets }: { buckets: readonly LatencyBucket[] }) {
  if (buckets.length === 0) return <p className="chart-empty">Nothing has been read back yet.</p>;
  const most = Math.max(...buckets.map((bucket) => bucket.count));
  return (
    <ul className="histogram" aria-label="Latencies by size">
      {buckets.map((bucket) => (
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
