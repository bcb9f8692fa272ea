import type { Verdict as VerdictCode } from "../ipc/bindings/Verdict";

/** The colour family of a verdict or a state; never the only sign. */
export type Tone = "ok" | "held" | "info" | "warn" | "bad" | "idle";

interface VerdictLook {
  word: string;
  tone: Tone;
  meaning: string;
}

/** Word, tone and meaning of every verdict, in the order of the legend. */
export const VERDICTS: Record<VerdictCode, VerdictLook> = {
  delivered: { word: "Delivered", tone: "ok", meaning: "Read back and equal, within the deadline" },
  held_back: { word: "Held back", tone: "held", meaning: "Was not to arrive, and did not" },
  waiting: { word: "Waiting", tone: "info", meaning: "Accepted, deadline not reached" },
  late: { word: "Late", tone: "warn", meaning: "Read back after the deadline" },
  duplicate: { word: "Duplicate", tone: "warn", meaning: "Delivered, and more than one distinct copy" },
  changed: { word: "Changed", tone: "warn", meaning: "Read back with different content" },
  missing: { word: "Missing", tone: "bad", meaning: "Deadline passed, not read back, the poller healthy all the time" },
  rejected: { word: "Rejected", tone: "bad", meaning: "AWS refused the entry" },
  unexpected: { word: "Unexpected", tone: "bad", meaning: "Arrived though it must not" },
  unknown: { word: "Unknown", tone: "idle", meaning: "The poller had a gap, or the outcome of the request is not known" },
  not_sent: { word: "Not sent", tone: "idle", meaning: "The request never left, or was refused before sending" },
};

export const VERDICT_ORDER = Object.keys(VERDICTS) as VerdictCode[];

/** Whether a verdict is one to ask the doctor about: everything that settled and is not as it was meant to be. */
export const isForDoctor = (verdict: VerdictCode | null): boolean => verdict !== null && !["delivered", "held_back", "waiting"].includes(verdict);
