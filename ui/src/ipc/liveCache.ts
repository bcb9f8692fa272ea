import type { QueryClient } from "@tanstack/react-query";
import type { ChainView } from "./bindings/ChainView";
import type { DeliveryRow } from "./bindings/DeliveryRow";
import type { LiveEvent } from "./bindings/LiveEvent";
import type { RunSummary } from "./bindings/RunSummary";
import type { Topic } from "./bindings/Topic";
import { chainsWithRows, chainsWithRun, runsWith } from "./livePatches";
import { keys } from "./keys";
import { staleKeysOf } from "./staleKeys";

/** What must be read again when a topic changed. */
const STALE: Record<Topic, readonly (readonly string[])[]> = {
  sources: [keys.sources, keys.formDefaults],
  actions: [keys.actions, keys.sources, keys.formDefaults, keys.overview],
  chains: [keys.overview, keys.chains, keys.actions, keys.diagnoses, keys.faults],
  incidents: [keys.sources],
  runs: [keys.runs],
  drafts: [keys.drafts],
  scenarios: [keys.scenarios],
  activity: [keys.activity],
  templates: [keys.templates],
  questions: [keys.questions],
  // Another connection, or a page that fell behind: nothing that is shown can be relied on.
  connections: [keys.connections, keys.environment, keys.sandbox, keys.poller, keys.runs, keys.allDeliveries, keys.latencies, keys.diagnoses, keys.faults],
};

/** Brings one batch of live events into the query cache: patched where it says all, read again where not. */
export function applyLive(queries: QueryClient, batch: readonly LiveEvent[]): void {
  const changed = new Set<readonly string[]>();
  for (const event of batch) {
    if (event.kind === "poller") queries.setQueryData(keys.poller, event.poller);
    if (event.kind === "run") patchRun(queries, event.run, changed);
    if (event.kind === "deliveries") patchBoards(queries, event.rows);
    if (event.kind === "changed") for (const key of STALE[event.topic]) changed.add(key);
  }
  staleKeysOf(queries).add(changed);
}

function patchRun(queries: QueryClient, run: RunSummary, stale: Set<readonly string[]>): void {
  for (const actionId of [null, run.action_id]) {
    queries.setQueryData<RunSummary[]>(keys.runsOf(actionId), (runs) => runs && runsWith(runs, run));
  }
  queries.setQueryData<ChainView[]>(keys.overview, (chains) => chains && chainsWithRun(chains, run));
  if (run.state !== "running") {
    stale.add(keys.overview);
    stale.add(keys.run(run.run_id));
  }
}

function patchBoards(queries: QueryClient, rows: readonly DeliveryRow[]): void {
  queries.setQueryData<ChainView[]>(keys.overview, (chains) => chains && chainsWithRows(chains, rows));
}
