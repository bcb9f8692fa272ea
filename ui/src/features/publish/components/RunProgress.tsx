import ProgressBar from "@cloudscape-design/components/progress-bar";
import type { RunSummary } from "../../../ipc/bindings/RunSummary";
import { formatCount } from "../../../kit/format";
import { RunCounts } from "../../../runs/RunCounts";
import { RunLinks } from "../../../runs/RunLinks";
import { usePace } from "../../../runs/pace";
import { RunResults } from "./RunResults";
import { settledOf } from "../../../runs/useLiveRun";

/** How far a run is, its verdicts so far, and how it ended. */
export function RunProgress({ run, listed = true }: { run: RunSummary; listed?: boolean }) {
  const settled = settledOf(run);
  const pace = usePace(run);
  return (
    <div data-testid="run-progress">
      <ProgressBar
        value={run.total === 0 ? 0 : (100 * settled) / run.total}
        label={title(run)}
        description={`${formatCount(settled)} of ${formatCount(run.total)} settled · ${formatCount(run.published)} published${pace && ` · ${pace}`}`}
      />
      <div className="publish-foot">
        <RunCounts run={run} />
        <span className="wb-grow" />
        <RunLinks run={run} small />
      </div>
      {listed && <RunResults run={run} />}
    </div>
  );
}

function title(run: RunSummary): string {
  if (run.state === "running") return "Run in progress";
  if (run.state === "interrupted") return "Run interrupted";
  return run.proven ? "Run proven" : "Run not proven";
}
