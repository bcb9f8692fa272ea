import { chainItems } from "../../../chains/chainItems";
import type { ChainView } from "../../../ipc/bindings/ChainView";
import type { CheckView } from "../../../ipc/bindings/CheckView";
import type { ChainItem } from "../../../kit/ChainLink";
import { placeOf } from "./places";

/** The chain as drawn, broken where the doctor found a cause, whatever the link itself looks like. */
export function brokenChain(chain: ChainView, checks: readonly CheckView[]): ChainItem[] {
  const causes = checks.filter((check) => check.outcome === "cause").map((check) => placeOf(check.id));
  const links = chain.links.map((link) => {
    const cause = causes.find((place) => place.link === link.kind);
    if (!cause) return link;
    return { ...link, state: "broken" as const, word: link.state === "broken" ? link.word : cause.word };
  });
  return chainItems({ ...chain, links }).map((item, index) => ({ ...item, href: undefined, wire: index < links.length - 1 ? item.wire : undefined }));
}
