/** The colour family of a verdict or a state; never the only sign. */
export type Tone = "ok" | "held" | "info" | "warn" | "bad" | "idle";

/** A verdict as it crosses the IPC boundary. */
export type VerdictCode =
  | "delivered"
  | "held_back"
  | "waiting"
  | "late"
  | "duplicate"
  | "changed"
  | "missing"
  | "rejected"
  | "unexpected"
  | "unknown"
  | "not_sent";

interface VerdictLook {
  word: string;
  tone: Tone;
  meaning: string;
  /** When one cell stands for several events, the highest one shows. */
  weight: number;
}

/** Word, tone and meaning of every verdict, in the order of the legend. */
export const VERDICTS: Record<VerdictCode, VerdictLook> = {
  delivered: { word: "Delivered", tone: "ok", meaning: "Read back and equal, within the deadline", weight: 1 },
  held_back: { word: "Held back", tone: "held", meaning: "Was not to arrive, and did not", weight: 0 },
  waiting: { word: "Waiting", tone: "info", meaning: "Accepted, deadline not reached", weight: 3 },
  late: { word: "Late", tone: "warn", meaning: "Read back after the deadline", weight: 6 },
  duplicate: { word: "Duplicate", tone: "warn", meaning: "Delivered, and more than one distinct copy", weight: 4 },
  changed: { word: "Changed", tone: "warn", meaning: "Read back with different content", weight: 7 },
  missing: { word: "Missing", tone: "bad", meaning: "Deadline passed, not read back, the poller healthy all the time", weight: 10 },
  rejected: { word: "Rejected", tone: "bad", meaning: "AWS refused the entry", weight: 9 },
  unexpected: { word: "Unexpected", tone: "bad", meaning: "Arrived though it must not", weight: 8 },
  unknown: { word: "Unknown", tone: "idle", meaning: "The poller had a gap, or the outcome of the request is not known", weight: 5 },
  not_sent: { word: "Not sent", tone: "idle", meaning: "The request never left, or was refused before sending", weight: 2 },
};

export const VERDICT_ORDER = Object.keys(VERDICTS) as VerdictCode[];

/** Of two verdicts, the one that a reader must see. */
export function graver(one: VerdictCode, other: VerdictCode): VerdictCode {
  return VERDICTS[other].weight > VERDICTS[one].weight ? other : one;
}
