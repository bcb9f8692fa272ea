import type { Counts } from "../../../ipc/bindings/Counts";
import type { DeliveryFilter } from "../../../ipc/bindings/DeliveryFilter";
import type { RunSummary } from "../../../ipc/bindings/RunSummary";
import type { Verdict } from "../../../ipc/bindings/Verdict";
import { VERDICT_ORDER } from "../../../kit/verdicts";

/** How many rows carry each verdict. */
export type RowCounts = Record<Verdict, number>;

/** Counts by row: a duplicate counts as delivered in a run's counts, yet its row says Duplicate. */
export function byRow(counts: Counts): RowCounts {
  return { ...counts, delivered: counts.delivered - counts.duplicate };
}

const NONE = Object.fromEntries(VERDICT_ORDER.map((verdict) => [verdict, 0])) as RowCounts;

/** Counts of one run, or of all runs together; they follow the runs as the live channel reports them. */
export function countsOf(runs: readonly RunSummary[], runId: string | null): RowCounts {
  const chosen = runId === null ? runs : runs.filter((run) => run.run_id === runId);
  return chosen.map(byRow).reduce(sum, NONE);
}

function sum(one: RowCounts, other: RowCounts): RowCounts {
  return Object.fromEntries(VERDICT_ORDER.map((verdict) => [verdict, one[verdict] + other[verdict]])) as RowCounts;
}

/** How many rows a filter by verdicts alone lets through. */
export function total(counts: RowCounts, filter: DeliveryFilter): number {
  const verdicts = filter.verdicts.length > 0 ? filter.verdicts : VERDICT_ORDER;
  return verdicts.reduce((all, verdict) => all + counts[verdict], 0);
}
