export interface Token {
  text: string;
  kind: "key" | "string" | "number" | "plain";
}

const JSON_TOKEN = /("(?:[^"\\]|\\.)*")(\s*:)?|-?\b\d+(?:\.\d+)?(?:[eE][+-]?\d+)?\b|\b(?:true|false|null)\b/g;

/** Splits one line of JSON into keys, strings, numbers and the rest. */
export function highlight(line: string): Token[] {
  const tokens: Token[] = [];
  let end = 0;
  const push = (text: string, kind: Token["kind"]) => text && tokens.push({ text, kind });
  for (const match of line.matchAll(JSON_TOKEN)) {
    const [whole, quoted, colon] = match;
    push(line.slice(end, match.index), "plain");
    push(quoted ?? whole, quoted ? (colon ? "key" : "string") : "number");
    push(colon ?? "", "plain");
    end = match.index + whole.length;
  }
  push(line.slice(end), "plain");
  return tokens;
}
