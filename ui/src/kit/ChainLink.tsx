import type { ReactNode } from "react";
import { navigate } from "../router/location";
import { ChainIcon, type LinkKind } from "./ChainIcon";
import { Glyph } from "./Glyph";
import { shortName } from "./shortName";
import type { Verdict as VerdictCode } from "../ipc/bindings/Verdict";
import type { RovingCell } from "./useRoving";
import { Wire, type WireState } from "./Wire";

export type LinkTone = "ok" | "bad" | "pending" | "idle";

export interface ChainItem {
  kind: LinkKind;
  label: string;
  /** The full name; it is shortened to its telling part, and whole on hover. */
  name: string;
  tone: LinkTone;
  word: ReactNode;
  /** More about the link, on hover; the full name where there is nothing to add. */
  title?: string;
  /** The wire that leaves this link; none after the last one, unless it runs on into a proof. */
  wire?: WireState;
  href?: string;
}

const SIGNS: Record<LinkTone, VerdictCode> = { ok: "delivered", bad: "missing", pending: "late", idle: "not_sent" };

/** One link: its sign and wire, what it is, its name, and its state as a word. */
export function ChainLink({ link, roving }: { link: ChainItem; roving: RovingCell }) {
  const { href } = link;
  const open = () => href && navigate(href);
  return (
    <li data-testid={`link-${link.kind}`} className={`link link-${link.tone}${href ? " link-opens" : ""}`} onClick={open} onKeyDown={(event) => event.key === "Enter" && open()} {...roving}>
      <div className="track">
        <span className="dot"><ChainIcon kind={link.kind} /></span>
        {link.wire && <Wire state={link.wire} />}
      </div>
      <div className="kind">{link.label}</div>
      <div className="name" title={link.title ?? link.name}>{shortName(link.kind, link.name)}</div>
      <div className="word"><Glyph verdict={SIGNS[link.tone]} size={12} /><span>{link.word}</span></div>
    </li>
  );
}
