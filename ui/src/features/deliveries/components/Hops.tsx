import type { DeliveryDetail } from "../../../ipc/bindings/DeliveryDetail";
import { formatDuration } from "../../../kit/format";
import { layHops } from "../model/hops";
import { HopRow } from "./HopRow";
import { Identifiers } from "./Identifiers";
import { Sendings } from "./Sendings";

/** The way of one event as bars that add up to its time. */
export function Hops({ detail }: { detail: DeliveryDetail }) {
  const { bars, totalMs } = layHops(detail.hops);
  return (
    <section className="hops" aria-label="Hops">
      <div className="panel-title">Hops {totalMs !== null && <span className="wb-secondary">written to read, {formatDuration(totalMs)}</span>}</div>
      <ol>{bars.map((bar) => <HopRow key={bar.hop.name} bar={bar} />)}</ol>
      <Sendings attempts={detail.attempts} />
      <Identifiers detail={detail} />
    </section>
  );
}
