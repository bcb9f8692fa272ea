import { formatAgo } from "../../../kit/format";
import { useNow } from "../../../kit/useNow";
import type { PollerView } from "../../../ipc/bindings/PollerView";
import { usePoller } from "../../../ipc/queries/usePoller";
import { Beats } from "./Beats";
import { useBeats } from "./useBeats";

/** Whether the poller is alive, with its last twelve receives. */
export function Poller() {
  const { data, error } = usePoller();
  const beats = useBeats(data);
  const now = useNow(500);
  if (error) return <span className="strip-quiet">Poller not known</span>;
  const state = stateOf(data);
  return (
    <span className="strip-poller" data-testid="poller" title={data?.queue ? `Queue ${data.queue}` : undefined}>
      <span className={`strip-pulse strip-pulse-${state}`} />
      <Beats beats={beats} live={state === "live"} />
      <b>{WORDS[state]}</b>
      <em>{remark(data, now)}</em>
    </span>
  );
}

type State = "idle" | "live" | "trouble";
const WORDS: Record<State, string> = { idle: "Poller ready", live: "Polling", trouble: "Poller in trouble" };

function stateOf(poller: PollerView | undefined): State {
  if (poller?.trouble) return "trouble";
  return poller?.polling ? "live" : "idle";
}

function remark(poller: PollerView | undefined, now: number): string {
  if (poller?.trouble) return `· ${poller.trouble}`;
  if (!poller?.last_receive_at) return poller?.polling ? "· first receive" : "· starts with the first run";
  return `· last ${formatAgo(now - Date.parse(poller.last_receive_at))}`;
}
