import type { AlertActionView } from "../ipc/bindings/AlertActionView";
import type { ChainView } from "../ipc/bindings/ChainView";
import type { DeliveryDetail } from "../ipc/bindings/DeliveryDetail";
import type { DeliveryRow } from "../ipc/bindings/DeliveryRow";
import type { EnvironmentView } from "../ipc/bindings/EnvironmentView";
import type { LinkView } from "../ipc/bindings/LinkView";
import type { PollerView } from "../ipc/bindings/PollerView";
import type { RunSummary } from "../ipc/bindings/RunSummary";
import { EVENT_TYPES } from "../kit/eventTypes";

const SOURCE = "aws.partner/ilert.com/checkout/cc23670e-ad3e-4c38-8d45-d22c36ced352";

export const environment = (changes: Partial<EnvironmentView> = {}): EnvironmentView => ({
  connection: "sandbox",
  kind: "sandbox",
  badge: "SANDBOX",
  account: "123456789012",
  region: "eu-central-1",
  endpoint: "http://127.0.0.1:4000",
  arn: null,
  mode: "free",
  credentials_until: null,
  trouble: null,
  data_dir: "/data",
  version: "0.1.0",
  ...changes,
});

export const poller = (changes: Partial<PollerView> = {}): PollerView => ({
  polling: false,
  queue: null,
  receives: 0,
  last_receive_at: null,
  gaps: 0,
  trouble: null,
  ...changes,
});

export const action = (changes: Partial<AlertActionView> = {}): AlertActionView => ({
  id: "a1",
  name: "EventBridge operations",
  alert_source_id: 7,
  alert_source: "Checkout",
  type: "Amazon EventBridge",
  trigger_mode: "automatic",
  event_types: [...EVENT_TYPES],
  account: "123456789012",
  region: "eu-central-1",
  partner_source: SOURCE,
  chain: "complete",
  created_at: "2026-11-01T10:00:00.000Z",
  ...changes,
});

export const run = (changes: Partial<RunSummary> = {}): RunSummary => ({
  run_id: "r1",
  connection: "sandbox",
  mode: "partner",
  action: "EventBridge operations",
  proven: true,
  amended: false,
  published: 9,
  accepted: 9,
  poller: { gaps: 0, receives: 2 },
  latency_ms: { p50: 12, p95: 19, p99: 31, max: 40 },
  duration_ms: 300,
  action_id: "a1",
  started_at: "2026-11-01T10:00:00.000Z",
  closed_at: "2026-11-01T10:00:00.300Z",
  state: "closed",
  total: 9,
  not_sent: 0,
  rejected: 0,
  waiting: 0,
  delivered: 9,
  held_back: 0,
  late: 0,
  duplicate: 0,
  changed: 0,
  missing: 0,
  unknown: 0,
  unexpected: 0,
  ...changes,
});

const link = (kind: string, label: string, name: string): LinkView => ({ kind, label, name, arn: null, state: "ok", word: "Fine", sentence: "", page: null });

export const chain = (changes: Partial<ChainView> = {}): ChainView => ({
  action: action(),
  links: [
    link("alert_source", "Alert source", "Checkout"),
    link("alert_action", "Alert action", "Automatic"),
    link("partner_source", "Partner event source", SOURCE),
    link("bus", "Event bus", SOURCE),
    link("rule", "Rule", "all-incidents"),
    link("queue", "SQS queue", "incidents"),
  ],
  board: EVENT_TYPES.map((event_type) => ({ event_type, chosen: true, verdict: "delivered", latency_ms: 12 })),
  last_run: run(),
  next: "prove",
  sentence: "Nine published, nine read back.",
  drift: [],
  expires_at: null,
  read_at: "2026-11-01T10:00:00.000Z",
  unread: null,
  ...changes,
});

export const row = (id: number, changes: Partial<DeliveryRow> = {}): DeliveryRow => ({
  id,
  run_id: "r1",
  action_id: "a1",
  action: "EventBridge operations",
  event_type: "incident-created",
  incident_id: String(3_710_000 + id),
  expected: true,
  verdict: "delivered",
  published_at: "2026-11-01T10:00:00.000Z",
  latency_ms: 12,
  event_id: `event-${id}`,
  request_id: `request-${id}`,
  reason: null,
  ...changes,
});

export const detail = (changes: Partial<DeliveryDetail> = {}): DeliveryDetail => ({
  row: row(1),
  sent: '{"detail":{"id":"1","priority":"HIGH"}}',
  sent_bytes: 40,
  attempts: [],
  copies: [{ message_id: "message-1", body: '{"detail":{"priority":"HIGH","id":"1"}}', received_at: "2026-11-01T10:00:00.020Z", receive_count: 1 }],
  differences: [],
  hops: [
    { name: "Written", detail: "store, committed", at: "2026-11-01T10:00:00.000Z", took_ms: null },
    { name: "Sent", detail: "PutPartnerEvents", at: "2026-11-01T10:00:00.002Z", took_ms: 2 },
    { name: "Accepted", detail: "request-1", at: "2026-11-01T10:00:00.006Z", took_ms: 4 },
    { name: "Read", detail: "ReceiveMessage", at: "2026-11-01T10:00:00.014Z", took_ms: 8 },
  ],
  deadline: null,
  partner_source: SOURCE,
  queue: "incidents",
  first_attempt: null,
  further_attempts: [],
  ...changes,
});
