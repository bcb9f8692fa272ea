import type { ReactNode } from "react";

interface ProseProps {
  children: string;
  /** What stands instead of a name in backticks; without it, or for nothing, the name is set as code. */
  name?: (name: string) => ReactNode;
}

/** A sentence of the Rust side: what it sets in backticks, and every ARN, is set as code. */
export function Prose({ children, name }: ProseProps) {
  const code = (text: string) => <code className="wb-mono">{text}</code>;
  return (
    <>
      {children.split("`").map((part, index) => (
        <span key={index}>{index % 2 === 1 ? (name?.(part) ?? code(part)) : part.split(ARN).map((text, at) => (at % 2 === 0 ? text : <span key={at}>{code(text)}</span>))}</span>
      ))}
    </>
  );
}

const ARN = /(arn:aws[\w-]*:[^\s,;]*[^\s,;.:])/;
