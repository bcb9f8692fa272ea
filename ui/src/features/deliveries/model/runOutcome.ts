import type { RunSummary } from "../../../ipc/bindings/RunSummary";

/** How a run ended, in a few words. */
export function runOutcome(run: RunSummary): string {
  if (run.state === "running") return `Running, ${run.total - run.waiting - run.not_sent} of ${run.total} settled`;
  if (run.state === "interrupted") return `Interrupted, ${run.delivered} of ${run.total} delivered`;
  const proven = run.proven ? "Proven" : "Not proven";
  return `${proven}, ${run.delivered + run.held_back} of ${run.total} as expected${run.amended ? ", amended" : ""}`;
}
