import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { ChainView } from "../../../ipc/bindings/ChainView";
import { TimeText } from "../../../kit/TimeText";
import { Verdict } from "../../../kit/Verdict";
import { paths } from "../../../router/paths";
import { useFollow } from "../../../router/useFollow";
import { tally } from "../model/proof";

interface OverviewHeaderProps {
  chains: readonly ChainView[];
  reading: boolean;
  onReadAgain: () => void;
  onProveAll: () => void;
  canProveAll: boolean;
}

/** Title, how the chains stand together, and what can be done with all of them. */
export function OverviewHeader({ chains, reading, onReadAgain, onProveAll, canProveAll }: OverviewHeaderProps) {
  return (
    <Header
      variant="h1"
      description={<Summary chains={chains} />}
      actions={
        <SpaceBetween direction="horizontal" size="xs">
          <Button iconName="refresh" ariaLabel="Read the chains again" loading={reading} onClick={onReadAgain} />
          <Button disabled={!canProveAll} onClick={onProveAll}>Prove all</Button>
          <Button variant="primary" href={paths.setup()} onFollow={useFollow()}>Create alert action</Button>
        </SpaceBetween>
      }
    >
      Overview
    </Header>
  );
}

function Summary({ chains }: { chains: readonly ChainView[] }) {
  const { proven, broken, pending } = tally(chains);
  const readAt = chains.map((chain) => chain.read_at).filter((at) => at !== null).sort()[0];
  return (
    <span className="overview-summary">
      <span>{chains.length === 1 ? "1 alert action:" : `${chains.length} alert actions:`}</span>
      <Verdict verdict="delivered" muted={proven === 0}>{proven} proven</Verdict>
      {broken > 0 && <Verdict verdict="missing">{broken} broken</Verdict>}
      {pending > 0 && <Verdict verdict="late">{pending} pending</Verdict>}
      {readAt && <span className="overview-read">Every link is read from AWS, last at <TimeText at={readAt} show="clock" /></span>}
    </span>
  );
}
