import { useState } from "react";
import type { RunSummary } from "../ipc/bindings/RunSummary";
import { useLive } from "../ipc/LiveContext";

/**
 * A run with its counts as they come in. `started` is what the starting command answered: events may
 * have been faster than the answer, so whatever the channel said of the run counts more.
 */
export function useLiveRun(started: RunSummary | null): RunSummary | null {
  const [seen, setSeen] = useState<ReadonlyMap<string, RunSummary>>(new Map());
  useLive((batch) => {
    const runs = batch.flatMap((event) => (event.kind === "run" ? [event.run] : []));
    if (runs.length > 0) setSeen((before) => new Map([...before, ...runs.map((run) => [run.run_id, run] as const)]));
  });
  return started && (seen.get(started.run_id) ?? started);
}

/** Events of a run that have their verdict. */
export function settledOf(run: RunSummary): number {
  const settled = run.delivered + run.held_back + run.late + run.changed + run.missing + run.unknown + run.unexpected + run.rejected;
  return run.state === "running" ? settled : settled + run.not_sent;
}
