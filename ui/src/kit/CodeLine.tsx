import type { Line } from "./Code";
import { highlight } from "./highlight";

/** What is particular about a line: added, taken away, looked at, or not in question. */
export type Mark = "add" | "del" | "hit" | "dim";

const SIGNS: Record<Mark, string> = { add: "+", del: "−", hit: "", dim: "" };

/** One line of code with its number and sign. */
export function CodeLine({ line, numbers }: { line: Line; numbers: boolean }) {
  return (
    <span className={`code-line${line.mark ? ` code-${line.mark}` : ""}`}>
      {numbers && <span className="code-number" aria-hidden>{line.number ?? ""}</span>}
      <span className="code-sign">{line.mark ? SIGNS[line.mark] : ""}</span>
      <span className="code-text">
        {highlight(line.text).map((token, index) => (
          <span key={index} className={`token-${token.kind}`}>{token.text}</span>
        ))}
        {"\n"}
      </span>
    </span>
  );
}
