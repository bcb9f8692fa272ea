import SpaceBetween from "@cloudscape-design/components/space-between";
import { FaultStrip } from "../../../faults/FaultStrip";
import type { ChainView } from "../../../ipc/bindings/ChainView";
import { Legend } from "../../../kit/Legend";
import { TourOffer } from "../../../tour/TourOffer";
import { useProve } from "../api/useProve";
import { allUnread } from "../model/unread";
import { ChainCard } from "./ChainCard";
import { NothingRead } from "./NothingRead";
import { OverviewHeader } from "./OverviewHeader";

interface ChainsProps {
  chains: readonly ChainView[];
  reading: boolean;
  onReadAgain: () => void;
}

/** All chains, a card each. */
export function Chains({ chains, reading, onReadAgain }: ChainsProps) {
  const prove = useProve();
  const unread = allUnread(chains);
  const proveAll = () => provable(chains).forEach((chain) => prove.mutate(chain.action.id));
  return (
    <SpaceBetween size="s">
      <OverviewHeader chains={chains} reading={reading} onReadAgain={onReadAgain} onProveAll={proveAll} canProveAll={provable(chains).length > 0} />
      <FaultStrip />
      <TourOffer chains={chains} />
      {unread !== null && <NothingRead why={unread} reading={reading} onReadAgain={onReadAgain} />}
      {chains.map((chain) => <ChainCard key={chain.action.id} chain={chain} />)}
      <Legend />
    </SpaceBetween>
  );
}

const provable = (chains: readonly ChainView[]) => chains.filter((chain) => chain.next === "prove" || chain.next === "inspect");
