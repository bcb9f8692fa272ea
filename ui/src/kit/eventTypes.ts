import type { EventType } from "../ipc/bindings/EventType";

/** The nine event types, in the order of the iLert page; every board keeps it. */
export const EVENT_TYPES: readonly EventType[] = [
  "incident-created",
  "incident-acknowledged",
  "incident-resolved",
  "incident-assigned",
  "incident-auto-escalated",
  "incident-auto-resolved",
  "incident-rejected",
  "incident-raised",
  "incident-comment-added",
];

/** An event type without the part that all nine share. */
export const shortType = (eventType: string) => eventType.replace(/^incident-/, "");
