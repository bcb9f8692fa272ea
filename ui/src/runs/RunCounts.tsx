import type { RunSummary } from "../ipc/bindings/RunSummary";
import type { Verdict as VerdictCode } from "../ipc/bindings/Verdict";
import { formatCount, formatDuration } from "../kit/format";
import { Verdict } from "../kit/Verdict";
import { VERDICT_ORDER, VERDICTS } from "../kit/verdicts";
import "./runs.css";

const ALWAYS: readonly VerdictCode[] = ["delivered", "waiting", "missing"];

/** How many events of a run have which verdict; those that did not occur stay away, but for three. */
export function RunCounts({ run }: { run: RunSummary }) {
  const shown = VERDICT_ORDER.filter((verdict) => ALWAYS.includes(verdict) || run[verdict] > 0);
  return (
    <div className="run-counts wb-num">
      {shown.map((verdict) => (
        <Verdict key={verdict} verdict={verdict} muted={run[verdict] === 0}>
          {`${formatCount(run[verdict])} ${VERDICTS[verdict].word}`}
        </Verdict>
      ))}
      {run.latency_ms.p99 !== null && <span className="wb-secondary">{`p99 ${formatDuration(run.latency_ms.p99)}`}</span>}
    </div>
  );
}
