import type { StatusIndicatorProps } from "@cloudscape-design/components/status-indicator";
import type { DiagnosisView } from "../../../ipc/bindings/DiagnosisView";
import type { RunSummary } from "../../../ipc/bindings/RunSummary";

interface RepairWords {
  type: StatusIndicatorProps.Type;
  text: string;
}

/** How a repair stands, in one line. */
export function repairWords(pending: boolean, answer: DiagnosisView | undefined, live: RunSummary | null): RepairWords {
  if (pending) return { type: "in-progress", text: live ? `Repaired; proving: ${live.delivered} of ${live.total} delivered` : "Making the change" };
  if (!answer) return { type: "stopped", text: "Nothing was changed" };
  const { repair_failed: failed, proof, repaired, healthy } = answer;
  if (failed !== null) return { type: "error", text: failed };
  if (repaired.length === 0) return { type: "info", text: "There was nothing to repair any more" };
  if (proof?.proven) return { type: "success", text: `Repaired and proven ${proof.delivered + proof.held_back}/${proof.total}` };
  if (proof) return { type: "error", text: `Repaired, but not proven: ${proof.delivered} of ${proof.total} delivered` };
  return healthy ? { type: "success", text: "Repaired; not proven yet" } : { type: "warning", text: "Repaired, but another cause stands in the way" };
}
