import type { EventType } from "../../../ipc/bindings/EventType";

/** What a button that moves an incident says. */
export const STEP_WORDS: Record<EventType, string> = {
  "incident-created": "Create",
  "incident-acknowledged": "Acknowledge",
  "incident-resolved": "Resolve",
  "incident-assigned": "Assign",
  "incident-auto-escalated": "Escalate",
  "incident-auto-resolved": "Auto-resolve",
  "incident-rejected": "Reject",
  "incident-raised": "Raise",
  "incident-comment-added": "Comment",
};

/** The order in which a person thinks of the steps, for the row of buttons. */
export const STEP_ORDER: readonly EventType[] = [
  "incident-acknowledged",
  "incident-assigned",
  "incident-auto-escalated",
  "incident-raised",
  "incident-comment-added",
  "incident-rejected",
  "incident-resolved",
  "incident-auto-resolved",
];
