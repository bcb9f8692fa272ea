/** A JSON value whose numbers keep their digits, since 1 and 1.0 are not the same text. */
export type Json =
  | { kind: "object"; members: [string, Json][] }
  | { kind: "array"; items: Json[] }
  | { kind: "leaf"; text: string };

const TOKEN = /\s*([{}[\]:,]|"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*|true|false|null)/y;

/** Reads JSON without touching its numbers and strings; null where the text is not JSON. */
export function parseJson(text: string): Json | null {
  const tokens = tokenize(text);
  if (!tokens) return null;
  const reader = new Reader(tokens);
  const value = reader.value();
  return value && reader.done() ? value : null;
}

function tokenize(text: string): string[] | null {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  for (let end = 0; text.slice(end).trim() !== ""; end = TOKEN.lastIndex) {
    const match = TOKEN.exec(text);
    if (!match?.[1]) return null;
    tokens.push(match[1]);
  }
  return tokens;
}

class Reader {
  private at = 0;
  constructor(private readonly tokens: string[]) {}

  done = () => this.at === this.tokens.length;
  private take = () => this.tokens[this.at++];
  private eat(token: string): boolean {
    if (this.tokens[this.at] !== token) return false;
    this.at += 1;
    return true;
  }

  value(): Json | null {
    if (this.eat("{")) return this.object();
    if (this.eat("[")) return this.array();
    const text = this.take();
    return text === undefined || /^[}\]:,]$/.test(text) ? null : { kind: "leaf", text };
  }

  private object(): Json | null {
    const members: [string, Json][] = [];
    if (this.eat("}")) return { kind: "object", members };
    do {
      const key = this.take();
      const value = key?.startsWith('"') && this.eat(":") ? this.value() : null;
      if (key === undefined || value === null) return null;
      members.push([key, value]);
    } while (this.eat(","));
    return this.eat("}") ? { kind: "object", members } : null;
  }

  private array(): Json | null {
    const items: Json[] = [];
    if (this.eat("]")) return { kind: "array", items };
    do {
      const value = this.value();
      if (value === null) return null;
      items.push(value);
    } while (this.eat(","));
    return this.eat("]") ? { kind: "array", items } : null;
  }
}

/** Puts the members of `value` in the order of `model`; what the model lacks comes last. */
export function inOrderOf(value: Json, model: Json): Json {
  if (value.kind === "array" && model.kind === "array") {
    return { kind: "array", items: value.items.map((item, index) => withModel(item, model.items[index])) };
  }
  if (value.kind !== "object" || model.kind !== "object") return value;
  const place = new Map(model.members.map(([key, member], index) => [key, { index, member }]));
  const rank = (key: string) => place.get(key)?.index ?? Number.MAX_SAFE_INTEGER;
  const members = value.members.map(([key, member]): [string, Json] => [key, withModel(member, place.get(key)?.member)]);
  return { kind: "object", members: members.sort(([one], [other]) => rank(one) - rank(other)) };
}

const withModel = (value: Json, model: Json | undefined) => (model ? inOrderOf(value, model) : value);

/** Lines of JSON, two spaces a level. */
export function printJson(value: Json, indent = ""): string[] {
  if (value.kind === "leaf") return [value.text];
  const [open, close] = value.kind === "object" ? ["{", "}"] : ["[", "]"];
  const parts = value.kind === "object" ? value.members.map(([key, member]) => memberLines(key, member, indent)) : value.items.map((item) => printJson(item, `${indent}  `));
  if (parts.length === 0) return [open + close];
  const body = parts.flatMap((lines, index) => ended(lines, index < parts.length - 1).map((line, at) => (at === 0 ? `${indent}  ${line}` : line)));
  return [open, ...body, indent + close];
}

const memberLines = (key: string, member: Json, indent: string) => {
  const [first = "", ...rest] = printJson(member, `${indent}  `);
  return [`${key}: ${first}`, ...rest];
};

const ended = (lines: string[], comma: boolean) => (comma ? [...lines.slice(0, -1), `${lines[lines.length - 1]},`] : lines);
