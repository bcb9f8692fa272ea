import type { AlertActionView } from "../../ipc/bindings/AlertActionView";
import type { RunSummary } from "../../ipc/bindings/RunSummary";
import type { ScenarioView } from "../../ipc/bindings/ScenarioView";
import { call } from "../../ipc/call";
import { paths } from "../../router/paths";

/** A scene of the story: where it is shown, what is said, and what is done when it begins. */
export interface SceneOfStory {
  href: string;
  says: string;
  act?: () => Promise<unknown>;
}

/** Proves the first chain that stands; on an empty data folder the demo alert action is made. */
async function prove(): Promise<RunSummary> {
  return call<RunSummary>("prove", { actionId: (await standing())?.id ?? null });
}

/** Plays the first scenario through the first chain that stands. */
async function play(): Promise<RunSummary | null> {
  const [action, scenarios] = await Promise.all([standing(), call<ScenarioView[]>("list_scenarios")]);
  const [scenario] = scenarios;
  if (!action || !scenario) return null;
  return call<RunSummary>("start_run", { start: { action_id: action.id, event_types: [], count: null, rate: null, publishers: null, timeout_ms: null, scenario: scenario.name } });
}

async function standing(): Promise<AlertActionView | undefined> {
  return (await call<AlertActionView[]>("list_alert_actions")).find((action) => action.chain === "complete");
}

/** The whole story, from the chain to the record of every write. */
export const STORY: readonly SceneOfStory[] = [
  { href: paths.overview(), says: "An alert travels through six links before anybody can read it. Each of them is read from AWS, none is assumed." },
  { href: paths.overview(), says: "The proof: nine events are published, and a cell turns green only when that very event has come out of the queue.", act: prove },
  { href: paths.deliveries(), says: "Every event with its verdict, its latency, and what was sent beside what was received." },
  { href: paths.deliveries(), says: "An incident that nobody answers escalates, is taken, and is resolved: its events arrive in their own time.", act: play },
  { href: paths.activity(), says: "Every call that wrote something at AWS is on the record, with its input and request id." },
  { href: paths.overview(), says: "The chain is proven, and the evidence stays." },
];
