import type { ReactNode } from "react";
import type { Verdict as VerdictCode } from "../ipc/bindings/Verdict";
import { Glyph } from "./Glyph";
import { VERDICTS } from "./verdicts";
import "./verdict.css";

interface VerdictProps {
  verdict: VerdictCode;
  /** Stands instead of the verdict's own word, such as "3 Late". */
  children?: ReactNode;
  /** Grey, for a count of zero. */
  muted?: boolean;
}

/** A verdict: glyph and word in its tone. */
export function Verdict({ verdict, children, muted = false }: VerdictProps) {
  const { tone, word, meaning } = VERDICTS[verdict];
  return (
    <span className={`verdict t-${muted ? "idle" : tone}`} title={meaning} data-testid={`verdict-${verdict}`}>
      <Glyph verdict={verdict} />
      <span>{children ?? word}</span>
    </span>
  );
}
