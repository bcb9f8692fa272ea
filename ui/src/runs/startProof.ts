import type { RunSummary } from "../ipc/bindings/RunSummary";
import type { StartRun } from "../ipc/bindings/StartRun";
import { call } from "../ipc/call";

/** Publishes an action's events and follows them; with a deadline of its own where one is given, in milliseconds. */
export function startProof(actionId: string | null, deadlineMs: number | null): Promise<RunSummary> {
  if (actionId === null || deadlineMs === null) return call<RunSummary>("prove", { actionId });
  const start: StartRun = { action_id: actionId, event_types: [], count: null, rate: null, publishers: null, timeout_ms: deadlineMs };
  return call<RunSummary>("start_run", { start });
}
