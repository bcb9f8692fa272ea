import type { ActivityFilter } from "./bindings/ActivityFilter";
import type { DeliveryFilter } from "./bindings/DeliveryFilter";

/** The name of every answer in the query cache; a shorter name stands for all that begin with it. */
export const keys = {
  environment: ["environment"],
  formDefaults: ["form_defaults"],
  sources: ["sources"],
  source: (id: number) => ["sources", id],
  actions: ["actions"],
  action: (id: string) => ["actions", id],
  overview: ["overview"],
  chain: (actionId: string) => ["chain", actionId],
  chains: ["chain"],
  drafts: ["draft"],
  draft: (actionId: string | null) => ["draft", actionId],
  runs: ["runs"],
  runsOf: (actionId: string | null) => ["runs", actionId],
  run: (runId: string) => ["run", runId],
  allDeliveries: ["deliveries"],
  deliveries: (filter: DeliveryFilter) => ["deliveries", filter],
  delivery: (id: number) => ["delivery", id],
  latency: (filter: DeliveryFilter) => ["latency", filter],
  latencies: ["latency"],
  connections: ["connections"],
  sandbox: ["sandbox"],
  scenarios: ["scenarios"],
  poller: ["poller"],
  activity: ["activity"],
  calls: (filter: ActivityFilter) => ["activity", filter],
  templates: ["templates"],
  settings: ["settings"],
} as const;
