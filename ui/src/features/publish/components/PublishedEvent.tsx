import { Link } from "../../../kit/Link";
import { paths } from "../../../router/paths";
import type { RunSummary } from "../../../ipc/bindings/RunSummary";
import { RunCounts } from "../../../runs/RunCounts";
import { useLiveRun } from "../../../runs/useLiveRun";

/** What became of the event that was published last. */
export function PublishedEvent({ started }: { started: RunSummary }) {
  const run = useLiveRun(started);
  if (!run) return null;
  return (
    <div className="publish-foot" data-testid="published">
      <b>Last published</b>
      <RunCounts run={run} />
      <Link fontSize="body-s" href={paths.deliveries(run.run_id)}>See its delivery</Link>
    </div>
  );
}
