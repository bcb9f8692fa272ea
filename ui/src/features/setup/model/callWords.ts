import type { StepStatus } from "../../../ipc/bindings/StepStatus";
import type { StepView } from "../../../ipc/bindings/StepView";
import type { Verdict } from "../../../ipc/bindings/Verdict";
import type { Tone } from "../../../kit/verdicts";

interface StatusLook {
  word: string;
  tone: Tone;
  /** Whose sign stands beside it. */
  sign: Verdict;
}

const LOOKS: Record<StepStatus, StatusLook> = {
  planned: { word: "Planned", tone: "idle", sign: "not_sent" },
  running: { word: "Running", tone: "info", sign: "waiting" },
  found: { word: "Found", tone: "ok", sign: "delivered" },
  done: { word: "Done", tone: "ok", sign: "delivered" },
  skipped: { word: "Not taken by AWS", tone: "warn", sign: "rejected" },
  failed: { word: "Failed", tone: "bad", sign: "missing" },
};

const LONGEST_BESIDE = 34;

/** A call that can only fail is in a plan already: something stands in its way. */
function wordOf(step: StepView, planned: boolean): string {
  if (step.status === "found" && !step.writes) return "Read";
  return step.status === "failed" && planned ? "Blocked" : LOOKS[step.status].word;
}

/** How one call stands: word, tone, sign, and what it found, beside the word where it is short. */
export function callLook(step: StepView, planned: boolean): StatusLook & { beside: string; below: string } {
  const look = LOOKS[step.status];
  const word = wordOf(step, planned);
  const finding = step.finding === look.word || step.status === "running" ? "" : step.finding;
  const short = finding.length <= LONGEST_BESIDE && step.status !== "failed" && step.status !== "skipped";
  return { ...look, word, beside: short && finding ? `${word}: ${finding}` : word, below: short ? "" : finding };
}
