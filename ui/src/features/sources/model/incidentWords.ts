import type { StatusIndicatorProps } from "@cloudscape-design/components/status-indicator";
import type { Assignee } from "../../../ipc/bindings/Assignee";
import type { IncidentStatus } from "../../../ipc/bindings/IncidentStatus";

/** How an incident's status is drawn; the word is iLert's. */
export const STATUS_TYPES: Record<IncidentStatus, StatusIndicatorProps.Type> = {
  PENDING: "pending",
  ACCEPTED: "in-progress",
  RESOLVED: "success",
};

/** A person's name as a reader wants it. */
export const personName = (person: Assignee | null): string =>
  person ? `${person.firstName} ${person.lastName}`.trim() || person.username : "Nobody";
