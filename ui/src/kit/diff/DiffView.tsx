import { useEffect, useMemo, useRef } from "react";
import { Code } from "../Code";
import { formatBytes } from "../format";
import { sides } from "./sides";
import "./diff.css";

interface DiffViewProps {
  left: { title: string; text: string };
  right: { title: string; text: string };
  maxHeight?: number;
}

const LINE_PX = 17;
const bytes = (text: string) => formatBytes(new TextEncoder().encode(text).length);

/** Two JSON texts side by side with the same line numbers; opens at the first change and scrolls as one. */
export function DiffView({ left, right, maxHeight }: DiffViewProps) {
  const laid = useMemo(() => sides(left.text, right.text), [left.text, right.text]);
  const scroller = useRef<HTMLDivElement>(null);
  useEffect(() => {
    scroller.current?.scrollTo?.({ top: Math.max(0, ((laid.firstChange ?? 0) - 3) * LINE_PX) });
  }, [laid.firstChange]);
  return (
    <div className="diff" ref={scroller} style={{ maxHeight }}>
      <DiffSide title={left.title} size={bytes(left.text)} lines={laid.left} />
      <DiffSide title={right.title} size={bytes(right.text)} lines={laid.right} />
    </div>
  );
}

function DiffSide({ title, size, lines }: { title: string; size: string; lines: ReturnType<typeof sides>["left"] }) {
  return (
    <div className="diff-side">
      <div className="diff-head"><span>{title}</span><span className="wb-num">{size}</span></div>
      <Code label={title}>{lines}</Code>
    </div>
  );
}
