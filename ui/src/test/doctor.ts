import type { CheckView } from "../ipc/bindings/CheckView";
import type { DiagnosisView } from "../ipc/bindings/DiagnosisView";
import type { FaultView } from "../ipc/bindings/FaultView";
import type { RepairView } from "../ipc/bindings/RepairView";

export const check = (id: string, changes: Partial<CheckView> = {}): CheckView => ({
  id,
  place: 0,
  question: `Is ${id} as it must be?`,
  outcome: "healthy",
  evidence: [],
  explanation: `All is well with ${id}.`,
  repair: null,
  ...changes,
});

export const repair = (changes: Partial<RepairView> = {}): RepairView => ({
  plan: "plan-1",
  sentence: "Add a statement that lets this rule send.",
  steps: [
    {
      call: "sqs:SetQueueAttributes",
      input: '{"QueueName":"incidents","Attributes":{"Policy":"{}"}}',
      before: "",
      after: '{"Sid":"own"}',
      difference: [{ sign: "+", text: '"Sid": "own"' }],
      undo_call: "sqs:SetQueueAttributes",
      undo_input: '{"QueueName":"incidents","Attributes":{"Policy":""}}',
    },
  ],
  ...changes,
});

/** A queue policy that does not let the rule send. */
export const policyCause = (): CheckView =>
  check("queue-policy", {
    question: "Does the queue's policy let the rule send?",
    outcome: "cause",
    explanation: "The queue has no policy, so that EventBridge may not send to it.",
    evidence: [
      { what: "Policy", value: "none", call: "sqs:GetQueueAttributes", request_id: "request-7" },
      { what: "Rule that sends", value: "arn:aws:events:eu-central-1:123456789012:rule/bus/all-incidents", call: null, request_id: null },
    ],
    repair: repair(),
  });

export const diagnosis = (checks: CheckView[], changes: Partial<DiagnosisView> = {}): DiagnosisView => ({
  schema: "waybill.diagnosis/1",
  action: "EventBridge operations",
  healthy: !checks.some((one) => one.outcome === "cause"),
  sentence: "",
  checks,
  calls: 12,
  duration_ms: 640,
  requests: [],
  undoable: null,
  repaired: [],
  repair_failed: null,
  proof: null,
  ...changes,
});

export const fault = (id: string, changes: Partial<FaultView> = {}): FaultView => ({ id, sentence: `Breaks ${id}.`, check: id, needs_proof: false, active: false, ...changes });
