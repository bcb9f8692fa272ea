import { lazy, Suspense, useMemo, useRef } from "react";
import type { RunSummary } from "../../../ipc/bindings/RunSummary";
import { formatCount } from "../../../kit/format";
import { useHeight } from "../../../kit/useHeight";
import { useRuns } from "../api/useRuns";
import { countsOf } from "../model/counts";
import type { useDeliveryFilter } from "../model/useDeliveryFilter";
import { JumpTo } from "./JumpTo";
import { VerdictFilters } from "./VerdictFilters";

/** Drawn after the rows: it is what takes longest of the page. */
const DeliveryFilterField = lazy(() => import("./DeliveryFilterField"));

interface FilterRowProps {
  filtering: ReturnType<typeof useDeliveryFilter>;
  waiting: number;
  onShowNew: () => void;
  /** Its height, since it stays in sight above the head of the table. */
  onHeight: (px: number) => void;
}

/** Filter, jump, the place of the "new" pill, and the counts that filter by verdict. */
export function FilterRow({ filtering, waiting, onShowNew, onHeight }: FilterRowProps) {
  const { data } = useRuns();
  const runs = data ?? NO_RUNS;
  const actions = useActions(runs);
  const { filter, narrow, toggle, jumpTo } = filtering;
  const row = useRef<HTMLDivElement>(null);
  useHeight(row, onHeight);
  return (
    <div className="filter-row" ref={row}>
      <div className="filter-text"><Suspense><DeliveryFilterField filter={filter} onChange={narrow} actions={actions} /></Suspense></div>
      <JumpTo until={filter.until} onJump={jumpTo} />
      <span className="filter-new">
        {waiting > 0 && (
          <button type="button" className="pill" onClick={onShowNew} data-testid="new-pill">↑ {formatCount(waiting)} new</button>
        )}
      </span>
      {data && <VerdictFilters counts={countsOf(runs, filter.run_id)} chosen={filter.verdicts} onToggle={toggle} />}
    </div>
  );
}

const NO_RUNS: readonly RunSummary[] = [];

/** Names of the alert actions by their ids; the same map for as long as it holds the same. */
function useActions(runs: readonly RunSummary[]): ReadonlyMap<string, string> {
  const told = JSON.stringify([...new Map(runs.map((run) => [run.action_id, run.action]))]);
  return useMemo(() => new Map(JSON.parse(told) as [string, string][]), [told]);
}
