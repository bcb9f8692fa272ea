import type { ChainView } from "../../../ipc/bindings/ChainView";
import { formatCountdown, formatDuration } from "../../../kit/format";
import { AgoText } from "../../../kit/TimeText";
import { useNow } from "../../../kit/useNow";
import { isPending } from "../model/proof";

/** When it was proven and how fast, or what time is left. */
export function ProofFacts({ chain }: { chain: ChainView }) {
  const run = chain.last_run;
  if (chain.expires_at && isPending(chain)) return <Expiry at={chain.expires_at} />;
  if (chain.next === "continue_setup") return <div className="proof-facts">Nothing is published before</div>;
  if (!run) return <div className="proof-facts">Nine events, read back one by one</div>;
  return (
    <div className="proof-facts wb-num">
      {run.mode === "rehearsal" && "Simulated (twin bus) · "}
      {run.latency_ms.p50 !== null && <>p50 {formatDuration(run.latency_ms.p50)} · </>}
      <AgoText at={run.closed_at ?? run.started_at} />
      {run.amended && " · amended"}
    </div>
  );
}

function Expiry({ at }: { at: string }) {
  const left = Date.parse(at) - useNow(1000);
  return <div className="proof-facts wb-num" title={at}>{left > 0 ? `expires in ${formatCountdown(left)}` : "expired"}</div>;
}
