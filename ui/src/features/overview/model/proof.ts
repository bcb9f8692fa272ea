import type { ChainView } from "../../../ipc/bindings/ChainView";
import type { RunSummary } from "../../../ipc/bindings/RunSummary";
import type { Verdict } from "../../../ipc/bindings/Verdict";
import { VERDICTS, type Tone } from "../../../kit/verdicts";

export interface Headline {
  text: string;
  tone: Tone;
}

/** What a failed run is named after: the gravest first. */
const GRAVEST: readonly Verdict[] = ["missing", "unexpected", "rejected", "changed", "late", "unknown", "not_sent"];

/** What the proof panel says in one line. */
export function headline(chain: ChainView): Headline {
  const run = chain.last_run;
  if (chain.next === "running" && run) return { text: `Proving, ${settled(run)} of ${run.total}`, tone: "info" };
  if (chain.next === "continue_setup") return unfinished(chain);
  return run ? outcome(run) : { text: "Not proven yet", tone: "idle" };
}

/** Whether the partner event source waits to be associated; AWS deletes it when it waits too long. */
export const isPending = (chain: ChainView): boolean => chain.links.some((link) => link.kind === "partner_source" && link.state === "pending");

function unfinished(chain: ChainView): Headline {
  return { text: isPending(chain) ? "Pending association" : "Set-up not finished", tone: "warn" };
}

/** A closed run in one line: proven, or what went wrong most gravely. */
export function outcome(run: RunSummary): Headline {
  if (run.proven) return { text: `Proven ${run.delivered + run.held_back}/${run.total}`, tone: "ok" };
  if (run.state === "interrupted") return { text: "Interrupted", tone: "idle" };
  const worst = GRAVEST.find((verdict) => run[verdict] > 0);
  if (!worst) return { text: "Not proven: poller gap", tone: "idle" };
  return { text: `${VERDICTS[worst].word} ${run[worst]} of ${run.total}`, tone: VERDICTS[worst].tone };
}

/** How many events of a run have a verdict that stands. */
export const settled = (run: RunSummary) => run.total - run.waiting - (run.state === "running" ? run.not_sent : 0);

/** Whether a finished chain is broken, or its last proof failed. */
export const needsALook = (chain: ChainView) => chain.next === "inspect" || (chain.next === "prove" && chain.last_run?.proven === false);

export interface Tally {
  proven: number;
  broken: number;
  pending: number;
}

/** How many chains are proven, broken, or not finished. */
export function tally(chains: readonly ChainView[]): Tally {
  const broken = chains.filter(needsALook).length;
  const pending = chains.filter((chain) => chain.next === "continue_setup").length;
  const proven = chains.filter((chain) => chain.next === "prove" && chain.last_run?.proven).length;
  return { proven, broken, pending };
}
