import type { Latency } from "../../../ipc/bindings/Latency";
import { formatDuration, formatTime } from "../../../kit/format";
import type { Series } from "../model/series";

interface LatencyKeysProps {
  summary: Latency | undefined;
  columns: Series;
  /** The slice under the pointer, if any. */
  at: number | null;
}

const NAMES = ["p50", "p95", "p99"] as const;

/** Names the lines of the plot, with their values over all or under the pointer. */
export function LatencyKeys({ summary, columns, at }: LatencyKeysProps) {
  const time = at === null ? undefined : columns[0][at];
  return (
    <span className="chart-keys wb-num">
      {time !== undefined && <span className="wb-secondary">{formatTime(new Date(time * 1000)).slice(0, 8)}</span>}
      {NAMES.map((name, index) => (
        <span className="chart-key" key={name}>
          <i style={{ background: `var(--${name})` }} />
          {name} <b>{formatDuration(at === null ? summary?.[name] : columns[index + 1]?.[at])}</b>
        </span>
      ))}
    </span>
  );
}
