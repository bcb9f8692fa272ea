import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { RunSummary } from "../../../ipc/bindings/RunSummary";
import type { DeliveryFilter } from "../../../ipc/bindings/DeliveryFilter";
import { formatCount } from "../../../kit/format";
import { usePrimaryKey } from "../../../kit/usePrimaryKey";
import { useRuns } from "../api/useRuns";
import { countsOf, total } from "../model/counts";
import { LiveWord } from "./LiveWord";
import { RunActions } from "./RunActions";
import { RunPicker } from "./RunPicker";

interface DeliveriesHeaderProps {
  filter: DeliveryFilter;
  live: boolean;
  onLive: (live: boolean) => void;
}

const NO_RUNS: readonly RunSummary[] = [];

/** Title, whether the view is live, which run it shows, and Start or Stop. */
export function DeliveriesHeader({ filter, live, onLive }: DeliveriesHeaderProps) {
  usePrimaryKey(() => onLive(!live));
  const { data } = useRuns();
  const runs = data ?? NO_RUNS;
  const run = runs.find((candidate) => candidate.run_id === filter.run_id);
  return (
    <Header
      variant="h1"
      counter={data && `(${formatCount(total(countsOf(runs, filter.run_id), { ...filter, verdicts: [] }))})`}
      info={<LiveWord live={live} run={run ?? runs.find((candidate) => candidate.state === "running")} />}
      actions={
        <SpaceBetween direction="horizontal" size="xs">
          <RunPicker runs={runs} runId={filter.run_id} />
          {run && <RunActions run={run} />}
          <Button variant="primary" iconName={live ? "pause" : "play"} onClick={() => onLive(!live)} data-testid="live-toggle">
            {live ? "Stop" : "Start"}
          </Button>
        </SpaceBetween>
      }
    >
      Deliveries
    </Header>
  );
}
