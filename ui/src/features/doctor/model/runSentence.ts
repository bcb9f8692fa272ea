import type { RunSummary } from "../../../ipc/bindings/RunSummary";
import { formatCount, formatTime } from "../../../kit/format";

/** The last run in one line: `Run of 14:31:52: 9 published, 9 accepted, none read back.` */
export function runSentence(run: RunSummary): string {
  const at = formatTime(new Date(run.started_at)).slice(0, 8);
  const read = run.delivered + run.late + run.changed + run.unexpected;
  const counts = `${formatCount(run.published)} published, ${formatCount(run.accepted)} accepted, ${read === 0 ? "none" : formatCount(read)} read back`;
  return run.state === "running" ? `Run of ${at}, going on: ${counts}.` : `Run of ${at}: ${counts}${run.proven ? ", proven" : ""}.`;
}
