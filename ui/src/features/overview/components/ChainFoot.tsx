import type { ChainView } from "../../../ipc/bindings/ChainView";
import { Link } from "../../../kit/Link";
import { TimeText } from "../../../kit/TimeText";
import { Verdict } from "../../../kit/Verdict";
import { paths } from "../../../router/paths";

/** The evidence in one sentence, and what does not agree with it. */
export function ChainFoot({ chain }: { chain: ChainView }) {
  const drift = <Verdict verdict="changed">Drift</Verdict>;
  return (
    <div className="card-foot wb-small wb-secondary">
      <div>
        {chain.read_at && <span className="card-read">Read at <TimeText at={chain.read_at} show="clock" /></span>}
        {chain.unread && <Verdict verdict="unknown">Not read</Verdict>} {chain.drift.includes(chain.sentence) && drift} {chain.sentence}{" "}
        {chain.last_run && <Link fontSize="body-s" href={paths.deliveries(chain.last_run.run_id)}>Deliveries of this run</Link>}
      </div>
      {chain.drift.filter((sentence) => sentence !== chain.sentence).map((sentence) => <div key={sentence}>{drift} {sentence}</div>)}
    </div>
  );
}
