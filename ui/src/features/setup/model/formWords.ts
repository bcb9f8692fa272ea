import { typesInWords } from "../../../forms/action/words";
import type { PatternForm } from "../../../ipc/bindings/PatternForm";
import type { PermissionForm } from "../../../ipc/bindings/PermissionForm";
import type { QueueForm } from "../../../ipc/bindings/QueueForm";

/** The permission step in words. */
export function permissionInWords(permission: PermissionForm): string {
  switch (permission.choice) {
    case "none": return "No permissions";
    case "account": return `Other AWS account: ${permission.account}`;
    case "my_organization": return "Organization: My organization";
    case "organization": return `Organization: ${permission.organization}`;
  }
}

/** The pattern in words. */
export function patternInWords(pattern: PatternForm): string {
  if (pattern.choice === "all_events") return "All Events";
  return pattern.choice === "own" ? "Own pattern" : `Event types: ${typesInWords(pattern.event_types)}`;
}

/** A queue in words. */
export function queueInWords(queue: QueueForm | null): string {
  if (!queue) return "None";
  return queue.choice === "new" ? `${queue.name} (new)` : queue.name;
}
