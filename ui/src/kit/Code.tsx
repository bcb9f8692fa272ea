import { CodeLine, type Mark } from "./CodeLine";
import "./code.css";

export interface Line {
  text: string;
  /** The number beside the line; none where the line stands only on the other side. */
  number?: number;
  mark?: Mark;
}

interface CodeProps {
  /** Text to show, or lines with their numbers and marks. */
  children: string | readonly Line[];
  label: string;
  numbers?: boolean;
  /** Breaks long lines instead of scrolling sideways, for text shown as it came. */
  wrap?: boolean;
  /** Height in pixels beyond which it scrolls. */
  maxHeight?: number;
}

/** Read-only JSON or text with highlighting. */
export function Code({ children, label, numbers = true, wrap = false, maxHeight }: CodeProps) {
  const lines = typeof children === "string" ? toLines(children) : children;
  return (
    <pre className={`code${wrap ? " code-wrap" : ""}`} style={{ maxHeight }} aria-label={label} tabIndex={0}>
      <code>
        {lines.map((line, index) => (
          <CodeLine key={index} line={line} numbers={numbers} />
        ))}
      </code>
    </pre>
  );
}

const toLines = (text: string): Line[] => text.split("\n").map((line, index) => ({ text: line, number: index + 1 }));
