import type { ActionForm } from "../../ipc/bindings/ActionForm";
import type { AlertActionView } from "../../ipc/bindings/AlertActionView";

/** The fields of an alert action, as labelled; refused input names them. */
export const ACTION_FIELDS = ["Alert source", "Name", "Trigger mode", "Event types", "AWS account ID", "AWS region"] as const;

/** An alert action as its form shows it. */
export function formOf(action: AlertActionView): ActionForm {
  return {
    name: action.name,
    alert_source: action.alert_source,
    trigger_mode: action.trigger_mode,
    event_types: action.event_types,
    account: action.account,
    region: action.region,
  };
}

/** Whether two forms ask for the same alert action. */
export const sameForm = (one: ActionForm, other: ActionForm): boolean =>
  JSON.stringify({ ...one, event_types: [...one.event_types].sort() }) === JSON.stringify({ ...other, event_types: [...other.event_types].sort() });
