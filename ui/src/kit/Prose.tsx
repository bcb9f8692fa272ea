import type { ReactNode } from "react";

interface ProseProps {
  children: string;
  /** What stands instead of a name in backticks; without it, or for nothing, the name is set as code. */
  name?: (name: string) => ReactNode;
}

/** A sentence of the Rust side: what it sets in backticks is set as code. */
export function Prose({ children, name }: ProseProps) {
  return <>{children.split("`").map((part, index) => (index % 2 === 0 ? part : <span key={index}>{name?.(part) ?? <code className="wb-mono">{part}</code>}</span>))}</>;
}
