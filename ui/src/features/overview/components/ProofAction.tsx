import Button from "@cloudscape-design/components/button";
import type { ChainView } from "../../../ipc/bindings/ChainView";
import { paths } from "../../../router/paths";
import { useFollow } from "../../../router/useFollow";
import { needsALook } from "../model/proof";
import { useProve } from "../api/useProve";

/** The one action that the state of the chain asks for; of a chain that is not sound the doctor, and the proof again. */
export function ProofAction({ chain }: { chain: ChainView }) {
  const prove = useProve();
  const follow = useFollow();
  if (chain.next === "continue_setup") {
    return <Button href={paths.setup(chain.action.id)} onFollow={follow}>Continue set-up</Button>;
  }
  const start = { loading: prove.isPending || chain.next === "running", loadingText: "Proving", onClick: () => prove.mutate(chain.action.id), "data-testid": "prove", "data-hotspot": `prove-${chain.action.id}` };
  if (!needsALook(chain)) return <Button iconName="play" {...start}>Prove it</Button>;
  return (
    <div className="proof-actions">
      <Button href={paths.doctor(chain.action.id, { run: chain.last_run?.run_id })} onFollow={follow} data-testid="ask-doctor" data-hotspot={`ask-${chain.action.id}`}>Ask the doctor</Button>
      <Button variant="inline-link" {...start}>Prove again</Button>
    </div>
  );
}
