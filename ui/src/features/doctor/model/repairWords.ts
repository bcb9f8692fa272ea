import type { StatusIndicatorProps } from "@cloudscape-design/components/status-indicator";
import type { DiagnosisProgress } from "../../../ipc/bindings/DiagnosisProgress";
import type { DiagnosisView } from "../../../ipc/bindings/DiagnosisView";
import type { RunSummary } from "../../../ipc/bindings/RunSummary";

/** How far a repair is: making the change, looking whether it helped, proving. */
export type Phase = "making" | "looking" | "proving";

/** The phase after something was told. */
export function phaseAfter(phase: Phase, progress: DiagnosisProgress): Phase {
  if (progress.kind === "repaired") return "looking";
  return progress.kind === "proving" ? "proving" : phase;
}

interface RepairWords {
  type: StatusIndicatorProps.Type;
  text: string;
}

const GOING: Record<Phase, string> = { making: "Making the change", looking: "Changed; looking whether it helped", proving: "Repaired; proving" };

/** How a repair stands, in one line. */
export function repairWords(phase: Phase | null, answer: DiagnosisView | undefined, live: RunSummary | null): RepairWords {
  if (phase !== null) return { type: "in-progress", text: live ? `Repaired; proving: ${live.delivered} of ${live.total} delivered` : GOING[phase] };
  if (!answer) return { type: "stopped", text: "Nothing was changed" };
  const { repair_failed: failed, proof, repaired, healthy } = answer;
  if (failed !== null) return { type: "error", text: failed };
  if (repaired.length === 0) return { type: "info", text: "There was nothing to repair any more" };
  if (proof?.proven) return { type: "success", text: `Repaired and proven ${proof.delivered + proof.held_back}/${proof.total}` };
  if (proof) return { type: "error", text: `Repaired, but not proven: ${proof.delivered} of ${proof.total} delivered` };
  return healthy ? { type: "success", text: "Repaired; not proven yet" } : { type: "warning", text: "Repaired, but another cause stands in the way" };
}
