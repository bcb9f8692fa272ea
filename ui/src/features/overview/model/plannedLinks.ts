import type { StepView } from "../../../ipc/bindings/StepView";
import type { ChainItem, LinkTone } from "../../../kit/ChainLink";
import type { Making } from "../api/useMaking";

const PLANNED: readonly (Pick<ChainItem, "kind" | "label" | "name"> & { group: string | null })[] = [
  { kind: "alert_source", label: "Alert source", name: "Demo", group: null },
  { kind: "alert_action", label: "Alert action", name: "Demo action", group: null },
  { kind: "partner_source", label: "Partner event source", name: "ilert.com/demo", group: "source" },
  { kind: "bus", label: "Event bus", name: "same name", group: "bus" },
  { kind: "rule", label: "Rule", name: "all-incidents", group: "rule" },
  { kind: "queue", label: "SQS queue", name: "a new queue", group: "target" },
];

const WORDS: Record<LinkTone, string> = { idle: "To be made", pending: "Being made", ok: "Made", bad: "Failed" };

/** The chain before it exists: grey, each link lighting up as its steps are reported. */
export function plannedLinks(making: Making): ChainItem[] {
  const steps = Object.values(making);
  const tones = PLANNED.map(({ group }) => (group === null ? started(steps) : toneOf(steps.filter((step) => step.group === group))));
  return PLANNED.map(({ kind, label, name }, index) => {
    const tone = tones[index] ?? "idle";
    const next = tones[index + 1];
    return { kind, label, name, tone, word: WORDS[tone], wire: next === undefined ? undefined : next === "ok" ? "ok" : "idle" };
  });
}

/** The alert source and action exist before the first step of the set-up is called. */
const started = (steps: readonly StepView[]): LinkTone => (steps.length > 0 ? "ok" : "idle");

/** A link that is only read is made once it was found; others once what they write was done. */
function toneOf(steps: readonly StepView[]): LinkTone {
  const called = steps.filter((step) => step.status !== "planned");
  if (called.length === 0) return "idle";
  if (called.some((step) => step.status === "failed")) return "bad";
  const writes = called.filter((step) => step.writes || step.group === "source");
  return writes.length > 0 && writes.every((step) => step.status !== "running") ? "ok" : "pending";
}
