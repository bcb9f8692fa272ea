import type { FieldProblem } from "../../../ipc/bindings/FieldProblem";
import type { StartRun } from "../../../ipc/bindings/StartRun";

/** A run as typed. */
export interface RunForm {
  eventTypes: readonly string[];
  events: string;
  rate: string;
  timeout: string;
  busLogging: boolean;
}

/** Refused input names these. */
export const RUN_FIELDS = ["Event types", "Events", "Rate", "Timeout", "Bus logging"] as const;

export const EMPTY_RUN: RunForm = { eventTypes: [], events: "", rate: "", timeout: "", busLogging: false };

/** The numbers of the form; what is no number cannot cross to the Rust side, which judges the rest. */
export function readRun(actionId: string, form: RunForm): { start: StartRun; problems: FieldProblem[] } {
  const problems: FieldProblem[] = [];
  const number = (field: string, text: string, whole: boolean): number | null => {
    if (text.trim() === "") return null;
    const value = Number(text);
    if (Number.isFinite(value) && value >= 0 && (!whole || Number.isInteger(value))) return value;
    problems.push({ field, reason: whole ? `\`${text}\` is not a whole number` : `\`${text}\` is not a number` });
    return null;
  };
  const seconds = number("Timeout", form.timeout, false);
  const start: StartRun = {
    action_id: actionId,
    event_types: [...form.eventTypes],
    count: number("Events", form.events, true),
    rate: number("Rate", form.rate, false),
    publishers: null,
    timeout_ms: seconds === null ? null : Math.round(seconds * 1000),
    ...(form.busLogging && { bus_logging: true }),
  };
  return { start, problems };
}
