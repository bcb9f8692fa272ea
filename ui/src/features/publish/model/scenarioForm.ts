import type { EventType } from "../../../ipc/bindings/EventType";
import type { FieldProblem } from "../../../ipc/bindings/FieldProblem";
import type { ScenarioForm } from "../../../ipc/bindings/ScenarioForm";
import type { ScenarioView } from "../../../ipc/bindings/ScenarioView";
import { readDelay, writeDelay } from "./delay";

/** A step as typed. */
export interface TypedStep {
  /** Its own for as long as the editor is open. */
  key: number;
  eventType: EventType;
  after: string;
}

/** A scenario as typed. */
export interface TypedScenario {
  name: string;
  description: string;
  steps: readonly TypedStep[];
}

/** Refused input names these. */
export const SCENARIO_FIELDS = ["Name", "Description", "Steps"] as const;

/** What the editor starts with: one of the reader's own as it is, one that every Waybill has as a copy. */
export const typedOf = (scenario: ScenarioView): TypedScenario => ({
  name: scenario.built_in ? `${scenario.name} copy` : scenario.name,
  description: scenario.description,
  steps: scenario.steps.map((step, key) => ({ key, eventType: step.event_type, after: writeDelay(step.after_ms) })),
});

export const NEW_SCENARIO: TypedScenario = { name: "", description: "", steps: [{ key: 0, eventType: "incident-created", after: "0 s" }] };

/** The steps with one more at the end. */
export const withStep = (steps: readonly TypedStep[]): TypedStep[] => [...steps, { key: Math.max(-1, ...steps.map((step) => step.key)) + 1, eventType: "incident-comment-added", after: "2 s" }];

/** The steps with one moved up or down. */
export function movedStep(steps: readonly TypedStep[], at: number, by: -1 | 1): TypedStep[] {
  const moved = [...steps];
  const [step] = moved.splice(at, 1);
  if (step) moved.splice(at + by, 0, step);
  return moved;
}

/** The form that crosses to the Rust side; a delay that is no time cannot. */
export function readScenario(typed: TypedScenario): { form: ScenarioForm; problems: FieldProblem[] } {
  const problems: FieldProblem[] = [];
  const steps = typed.steps.map(({ eventType, after }, at) => {
    const after_ms = readDelay(after);
    if (after_ms === null) problems.push({ field: "Steps", reason: `step ${at + 1}: after: \`${after}\` is not a time such as 500 ms, 30 s or 2 min` });
    return { event_type: eventType, after_ms: after_ms ?? 0 };
  });
  return { form: { name: typed.name, description: typed.description, steps }, problems };
}

/** The step that a reason speaks of, counted from 0. */
export function stepOf(reason: string): number | null {
  const found = /^step (\d+)/.exec(reason);
  return found ? Number(found[1]) - 1 : null;
}
