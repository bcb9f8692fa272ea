import type { CheckOutcome } from "../../../ipc/bindings/CheckOutcome";
import type { CheckView } from "../../../ipc/bindings/CheckView";
import type { Verdict } from "../../../ipc/bindings/Verdict";
import type { Tone } from "../../../kit/verdicts";

interface OutcomeLook {
  word: string;
  /** Beside the question, once it is opened. */
  phrase: string;
  tone: Tone;
  /** Whose sign stands beside it. */
  sign: Verdict;
}

/** How an outcome is said and drawn; a new one does not compile until it has its words. */
export const OUTCOMES: Record<CheckOutcome, OutcomeLook> = {
  cause: { word: "Cause", phrase: "This is the cause", tone: "bad", sign: "missing" },
  suspect: { word: "Suspect", phrase: "Worth a look, no fault by itself", tone: "warn", sign: "unexpected" },
  unknown: { word: "Unknown", phrase: "This cannot be told", tone: "idle", sign: "unknown" },
  healthy: { word: "Healthy", phrase: "As it must be", tone: "ok", sign: "delivered" },
};

/** What must be looked at first: the first cause; none where there is none. */
export const firstCause = (checks: readonly CheckView[]): CheckView | undefined => checks.find((check) => check.outcome === "cause");

/** How many checks came to what, in words: `1 cause, 2 unknown, 26 healthy`. */
export function tally(checks: readonly CheckView[]): string {
  const counts = (Object.keys(OUTCOMES) as CheckOutcome[]).map((outcome) => ({ outcome, count: checks.filter((check) => check.outcome === outcome).length }));
  return counts.filter(({ count }) => count > 0).map(({ outcome, count }) => `${count} ${plural(outcome, count)}`).join(", ");
}

const plural = (outcome: CheckOutcome, count: number) => {
  const word = OUTCOMES[outcome].word.toLowerCase();
  return count > 1 && (outcome === "cause" || outcome === "suspect") ? `${word}s` : word;
};
