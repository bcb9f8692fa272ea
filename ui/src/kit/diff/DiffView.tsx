import { useMemo, useState } from "react";
import { Code, type Line } from "../Code";
import { formatBytes } from "../format";
import { fold } from "./fold";
import { sides } from "./sides";
import "./diff.css";

interface DiffViewProps {
  left: { title: string; text: string };
  right: { title: string; text: string };
}

const bytes = (text: string) => formatBytes(new TextEncoder().encode(text).length);

/** Two JSON texts side by side with the same line numbers; long equal stretches are folded around what differs. */
export function DiffView({ left, right }: DiffViewProps) {
  const laid = useMemo(() => sides(left.text, right.text), [left.text, right.text]);
  const [whole, setWhole] = useState(false);
  const folded = useMemo(() => fold(laid), [laid]);
  const shown = whole ? laid : folded;
  return (
    <div className="diff">
      <DiffSide title={left.title} size={bytes(left.text)} lines={shown.left} />
      <DiffSide title={right.title} size={bytes(right.text)} lines={shown.right} />
      {folded.left.length < laid.left.length && (
        <button type="button" className="diff-fold" onClick={() => setWhole(!whole)}>
          {whole ? "Show only what differs" : `Show all ${laid.left.length} lines`}
        </button>
      )}
    </div>
  );
}

function DiffSide({ title, size, lines }: { title: string; size: string; lines: readonly Line[] }) {
  return (
    <div>
      <div className="diff-head"><span>{title}</span><span className="wb-num">{size}</span></div>
      <Code label={title}>{lines}</Code>
    </div>
  );
}
