import type { RunSummary } from "../../../ipc/bindings/RunSummary";
import { RunCounts } from "../../../runs/RunCounts";
import { RunLinks } from "../../../runs/RunLinks";
import { useLiveRun } from "../../../runs/useLiveRun";

/** What became of the event that was published last. */
export function PublishedEvent({ started }: { started: RunSummary }) {
  const run = useLiveRun(started);
  if (!run) return null;
  return (
    <div className="publish-foot" data-testid="published">
      <b>Last published</b>
      <RunCounts run={run} />
      <RunLinks run={run} small />
    </div>
  );
}
