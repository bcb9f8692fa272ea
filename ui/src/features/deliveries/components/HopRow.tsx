import { formatDuration } from "../../../kit/format";
import type { HopBar } from "../model/hops";

/** One hop: what happened, and its share of the time as a bar. */
export function HopRow({ bar }: { bar: HopBar }) {
  const { hop, left, width } = bar;
  return (
    <li className="hop" title={hop.at ?? undefined}>
      <b>{hop.name}</b>
      <span className="wb-secondary wb-small wb-ellipsis" title={hop.detail}>{hop.detail}</span>
      <span className="hop-bar" aria-hidden>{hop.at !== null && <i style={{ left: `${left}%`, width: `${width}%` }} />}</span>
      <span className="hop-time wb-num">{timeOf(bar)}</span>
    </li>
  );
}

function timeOf({ hop }: HopBar): string {
  if (hop.at === null) return "not observed";
  return hop.took_ms === null ? "0 ms" : `+${formatDuration(hop.took_ms)}`;
}
