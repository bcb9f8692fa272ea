import type { BoardCell } from "./bindings/BoardCell";
import type { ChainView } from "./bindings/ChainView";
import type { DeliveryRow } from "./bindings/DeliveryRow";
import type { RunSummary } from "./bindings/RunSummary";

/** The list of runs with one of them renewed, or put in front. */
export function runsWith(runs: RunSummary[], run: RunSummary): RunSummary[] {
  const known = runs.some((other) => other.run_id === run.run_id);
  return known ? runs.map((other) => (isStale(run, other) || other.run_id !== run.run_id ? other : run)) : [run, ...runs];
}

/** Whether a report was overtaken: the same run has ended since, or a newer run has begun. */
function isStale(report: RunSummary, known: RunSummary | null): boolean {
  if (known === null) return false;
  if (known.run_id !== report.run_id) return report.started_at < known.started_at;
  return report.state === "running" && known.state === "closed";
}

/** The chains with a run's counts; a run that begins clears the board of its chain. */
export function chainsWithRun(chains: ChainView[], run: RunSummary): ChainView[] {
  return chains.map((chain) => {
    if (chain.action.id !== run.action_id || isStale(run, chain.last_run)) return chain;
    const begins = chain.last_run?.run_id !== run.run_id;
    const board = begins ? chain.board.map(emptied) : chain.board;
    return { ...chain, board, last_run: run, next: run.state === "running" ? "running" : chain.next };
  });
}

const emptied = (cell: BoardCell): BoardCell => ({ ...cell, verdict: null, latency_ms: null });

/** The chains with the newest verdicts of their last runs on the boards. */
export function chainsWithRows(chains: ChainView[], rows: readonly DeliveryRow[]): ChainView[] {
  return chains.map((chain) => {
    const own = rows.filter((row) => row.run_id === chain.last_run?.run_id);
    return own.length === 0 ? chain : { ...chain, board: chain.board.map((cell) => cellWith(cell, own)) };
  });
}

function cellWith(cell: BoardCell, rows: readonly DeliveryRow[]): BoardCell {
  const row = rows.findLast((candidate) => candidate.event_type === cell.event_type);
  return row ? { ...cell, verdict: row.verdict, latency_ms: row.latency_ms } : cell;
}
