import Button from "@cloudscape-design/components/button";
import type { ChainView } from "../../../ipc/bindings/ChainView";
import { paths } from "../../../router/paths";
import { useFollow } from "../../../router/useFollow";
import { needsALook } from "../model/proof";
import { useProve } from "../api/useProve";

/** The one action that the state of the chain asks for. */
export function ProofAction({ chain }: { chain: ChainView }) {
  const prove = useProve();
  const follow = useFollow();
  if (chain.next === "continue_setup") {
    return <Button href={paths.setup(chain.action.id)} onFollow={follow}>Continue set-up</Button>;
  }
  const again = needsALook(chain);
  return (
    <Button
      iconName={again ? "refresh" : "play"}
      loading={prove.isPending || chain.next === "running"}
      loadingText="Proving"
      onClick={() => prove.mutate(chain.action.id)}
      data-testid="prove"
    >
      {again ? "Prove again" : "Prove it"}
    </Button>
  );
}
