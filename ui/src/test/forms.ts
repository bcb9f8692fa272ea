import type { ActionForm } from "../ipc/bindings/ActionForm";
import type { FieldProblem } from "../ipc/bindings/FieldProblem";
import type { FormDefaults } from "../ipc/bindings/FormDefaults";
import type { IncidentView } from "../ipc/bindings/IncidentView";
import type { PatternCheck } from "../ipc/bindings/PatternCheck";
import type { PlanView } from "../ipc/bindings/PlanView";
import type { SetupDraft } from "../ipc/bindings/SetupDraft";
import type { SetupForm } from "../ipc/bindings/SetupForm";
import type { StepView } from "../ipc/bindings/StepView";
import { EVENT_TYPES } from "../kit/eventTypes";
import { chain } from "./fixtures";

/** A rejection of refused fields, as the Rust side sends it. */
export const badInput = (...problems: FieldProblem[]) =>
  Promise.reject({ code: "bad_input", message: problems.map(({ field, reason }) => `${field}: ${reason}`).join("; "), detail: JSON.stringify(problems) });

/** A rejection with a sentence of its own. */
export const refused = (message: string) => Promise.reject({ code: "refused", message, detail: null });

export const actionForm = (changes: Partial<ActionForm> = {}): ActionForm => ({
  name: "EventBridge",
  alert_source: "Checkout",
  trigger_mode: "automatic",
  event_types: [...EVENT_TYPES],
  account: "123456789012",
  region: "eu-central-1",
  ...changes,
});

export const formDefaults = (changes: Partial<FormDefaults> = {}) => ({
  form: actionForm({ name: "", alert_source: "" }),
  regions: ["eu-central-1", "eu-west-1"],
  event_types: EVENT_TYPES.map((name) => ({ name, derived: name === "incident-raised" })),
  alert_sources: ["Checkout"],
  ...changes,
});

export const incident = (changes: Partial<IncidentView> = {}): IncidentView => ({
  id: "3710705",
  summary: "Checkout is slow",
  details: "",
  status: "PENDING",
  priority: "HIGH",
  assigned_to: null,
  reported_at: "2026-11-01T10:00:00.000Z",
  possible: ["incident-acknowledged", "incident-resolved"],
  ...changes,
});

export const setupForm = (changes: Partial<SetupForm> = {}): SetupForm => ({
  permission: { choice: "my_organization" },
  rule_name: "all-incidents",
  rule_description: "",
  pattern: { choice: "all_events" },
  queue: { choice: "new", name: "incidents" },
  dead_letter: null,
  ...changes,
});

export const draft = (changes: Partial<SetupDraft> = {}): SetupDraft => ({
  action_id: "a1",
  action: actionForm(),
  form: setupForm(),
  step: 1,
  saved_at: null,
  ...changes,
});

export const step = (id: string, changes: Partial<StepView> = {}): StepView => ({
  id,
  group: "rule",
  call: "events:PutRule",
  summary: "Create all-incidents, enabled",
  writes: true,
  status: "planned",
  finding: "Planned",
  input: '{"Name":"all-incidents"}',
  request_id: null,
  replaces: null,
  ...changes,
});

export const plan = (changes: Partial<PlanView> = {}): PlanView => ({
  steps: [
    step("find-rule", { call: "events:DescribeRule", summary: "Is there a rule with this name?", writes: false, status: "found", finding: "no such rule" }),
    step("rule"),
    step("target", { group: "target", call: "events:PutTargets", summary: "Send to incidents" }),
  ],
  notes: [],
  links: chain().links,
  problems: [],
  ...changes,
});

export const patternCheck = (changes: Partial<PatternCheck> = {}): PatternCheck => ({
  text: '{"account":["123456789012"]}',
  problem: null,
  line: null,
  column: null,
  samples: EVENT_TYPES.map((event_type) => ({
    event_type,
    matches: event_type !== "incident-raised",
    fields: [{ path: "detail-type", matched: event_type !== "incident-raised", wanted: ['"incident-created"'], found: [`"${event_type}"`] }],
    envelope: `{"detail-type":"${event_type}"}`,
  })),
  ...changes,
});
