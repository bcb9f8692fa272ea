import type { WriteMode } from "../../ipc/bindings/WriteMode";

export const KINDS: Record<string, string> = { sandbox: "Embedded sandbox", aws: "AWS", endpoint: "Another endpoint" };

/** What a mode says, and what the command line calls it. */
export const MODES: Record<WriteMode, { label: string; word: string; description: string }> = {
  free: { label: "Free", word: "free", description: "Requests that write are sent" },
  ask: { label: "Ask before every write", word: "ask", description: "Each is shown first, and sent when you say so" },
  read_only: { label: "Read only", word: "read-only", description: "Each is refused before it leaves" },
};
