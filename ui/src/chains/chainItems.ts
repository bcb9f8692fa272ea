import type { ChainView } from "../ipc/bindings/ChainView";
import type { LinkState } from "../ipc/bindings/LinkState";
import type { LinkView } from "../ipc/bindings/LinkView";
import type { LinkKind } from "../kit/ChainIcon";
import type { ChainItem, LinkTone } from "../kit/ChainLink";
import type { WireState } from "../kit/Wire";
import { paths } from "../router/paths";

const TONES: Record<LinkState, LinkTone> = { ok: "ok", pending: "pending", broken: "bad", none: "idle" };

/** The links of a chain as drawn: the wire carries the break, the last one runs into the proof. */
export function chainItems(chain: ChainView): ChainItem[] {
  const wires = wiresOf(chain);
  return chain.links.map((link, index) => ({
    kind: link.kind as LinkKind,
    label: link.label,
    name: link.name,
    tone: TONES[link.state],
    word: link.word,
    title: [link.name, link.arn, link.sentence].filter(Boolean).join("\n"),
    wire: wires[index],
    href: hrefOf(link, chain),
  }));
}

/** Nothing passes a break: the wire into a broken link is broken, all wires after it carry nothing. */
function wiresOf({ links, last_run }: ChainView): WireState[] {
  const broken = links.findIndex((link) => link.state === "broken");
  return links.map((link, index) => {
    if (broken >= 0 && index >= broken - 1) return index === broken - 1 ? "bad" : "idle";
    const next = links[index + 1];
    const flows = next ? next.state !== "none" : link.state === "ok" && (last_run?.proven ?? false);
    return flows ? "ok" : "idle";
  });
}

function hrefOf(link: LinkView, { action }: ChainView): string {
  if (needsDoctor(link, action.chain)) return paths.doctor(action.id);
  if (link.kind === "alert_source") return paths.source(action.alert_source_id);
  return link.kind === "alert_action" ? paths.action(action.id) : paths.setup(action.id);
}

/** Of a chain that stood once, whatever is not as it must be is for the doctor. */
const needsDoctor = (link: LinkView, chain: string) => link.state === "broken" || (link.state === "pending" && chain === "complete");
