import type { ChainView } from "../../../ipc/bindings/ChainView";
import type { RunSummary } from "../../../ipc/bindings/RunSummary";
import { formatCount, formatCountdown, formatDuration } from "../../../kit/format";
import { AgoText } from "../../../kit/TimeText";
import { useNow } from "../../../kit/useNow";
import { usePace } from "../../../runs/pace";
import { isPending } from "../model/proof";

/** When it was proven and how fast, or how far it is and what time is left. */
export function ProofFacts({ chain }: { chain: ChainView }) {
  const run = chain.last_run;
  if (chain.expires_at && isPending(chain)) return <Expiry at={chain.expires_at} />;
  if (chain.next === "continue_setup") return <div className="proof-facts">Nothing is published before</div>;
  if (!run) return <div className="proof-facts">Nine events, read back one by one</div>;
  if (chain.next === "running") return <Going run={run} />;
  return (
    <div className="proof-facts wb-num">
      {run.mode === "rehearsal" && "Simulated (twin bus) · "}
      {run.latency_ms.p50 !== null && <>p50 {formatDuration(run.latency_ms.p50)} · </>}
      <AgoText at={run.closed_at ?? run.started_at} />
      {run.amended && " · amended"}
    </div>
  );
}

function Going({ run }: { run: RunSummary }) {
  const pace = usePace(run);
  return <div className="proof-facts wb-num">{`${formatCount(run.published)} published${pace && ` · ${pace}`}`}</div>;
}

function Expiry({ at }: { at: string }) {
  const left = Date.parse(at) - useNow(1000);
  return <div className="proof-facts wb-num" title={at}>{left > 0 ? `expires in ${formatCountdown(left)}` : "expired"}</div>;
}
