import type { ChainView } from "../../../ipc/bindings/ChainView";
import { Board } from "../../../kit/Board";
import { paths } from "../../../router/paths";
import { headline } from "../model/proof";
import { ProofAction } from "./ProofAction";
import { ProofFacts } from "./ProofFacts";

/** The last proof as a board, what it says, and the one thing to do next. */
export function ProofPanel({ chain }: { chain: ChainView }) {
  const { text, tone } = headline(chain);
  return (
    <section className="proof" aria-label={`Proof of ${chain.action.name}`}>
      <Board cells={chain.board} why={(cell) => paths.doctor(chain.action.id, { run: chain.last_run?.run_id, event: cell.event_type })} label={`${chain.action.name}: ${text}`} />
      <div className="proof-text">
        <div className={`proof-head t-${tone}`} aria-live="polite" data-testid="proof-headline">{text}</div>
        <ProofFacts chain={chain} />
        <ProofAction chain={chain} />
      </div>
    </section>
  );
}
