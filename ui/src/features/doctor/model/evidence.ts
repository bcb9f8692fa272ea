import type { CheckEvidence } from "../../../ipc/bindings/CheckEvidence";
import type { CheckView } from "../../../ipc/bindings/CheckView";
import type { Line } from "../../../kit/Code";
import { parseJson, printJson } from "../../../kit/diff/json";
import { foldLines } from "../../../kit/diff/foldLines";
import { sides } from "../../../kit/diff/sides";

/** One value as it is shown: its lines, what differs marked. */
export interface Shown {
  evidence: CheckEvidence;
  lines: readonly Line[];
  /** Whether it is laid out as JSON. */
  isJson: boolean;
}

/** Fewer lines than this are shown whole. */
const SHORT = 10;
/** Lines kept on either side of one that differs. */
const CONTEXT = 3;

/** Values that must agree, by what they are. */
const PAIRS: readonly (readonly [string, string])[] = [
  ["Account of the credentials", "Account of the alert action"],
  ["Region of the alert action", "Region that was asked"],
  ["EventPattern", "Recorded event pattern"],
  ["Targets", "Queue"],
  ["Policy", "Rule that sends"],
  ["MaximumMessageSize", "Largest of the nine samples"],
];

/** The evidence of a check: what must agree stands side by side, and where it does not, the difference is marked. */
export function shownEvidence({ outcome, evidence }: CheckView): Shown[] {
  const pairs = PAIRS.map(([one, other]) => [find(evidence, one), find(evidence, other)] as const);
  const shown = new Map<CheckEvidence, readonly Line[]>();
  for (const [one, other] of pairs) {
    if (!one || !other) continue;
    const [left, right] = outcome === "healthy" ? [plain(one.value), plain(other.value)] : compared(one, other);
    shown.set(one, left).set(other, right);
  }
  const rest = evidence.filter((value) => !shown.has(value)).map((value) => [value, plain(value.value)] as const);
  return [...shown, ...rest].map(([value, lines]) => ({ evidence: value, lines, isJson: isJson(value.value) }));
}

const find = (evidence: readonly CheckEvidence[], what: string) => evidence.find((value) => value.what === what);

const isJson = (value: string) => /^\s*[[{]/.test(value) && parseJson(value) !== null;

/** A value in lines: JSON is laid out, everything else stands as it came. */
export function plain(value: string): Line[] {
  const json = isJson(value) ? parseJson(value) : null;
  return (json ? printJson(json) : value.split("\n")).map((text) => ({ text }));
}

function compared(one: CheckEvidence, other: CheckEvidence): [readonly Line[], readonly Line[]] {
  if (one.value === other.value) return [plain(one.value), plain(other.value)];
  if (isJson(one.value) && isJson(other.value)) {
    const { left, right } = sides(one.value, other.value);
    return [left, right];
  }
  return [differing(plain(one.value), other.value), marked(plain(other.value))];
}

/** Of a longer value, such as a policy, the lines that name something else than `wanted`, and what stands around them. */
function differing(lines: readonly Line[], wanted: string): readonly Line[] {
  if (lines.length === 1) return marked(lines);
  const foreign = (text: string) => /"arn:aws:events:|"Effect": "Deny"/.test(text) && !text.includes(`"${wanted}"`);
  const looked = lines.map((line) => (foreign(line.text) ? { ...line, mark: "hit" as const } : line));
  return looked.length > SHORT ? foldLines(looked, (line) => line.mark === "hit", CONTEXT) : looked;
}

const marked = (lines: readonly Line[]): Line[] => lines.map((line) => ({ ...line, mark: "hit" }));
