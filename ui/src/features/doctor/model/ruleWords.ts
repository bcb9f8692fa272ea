import type { RuleMatchView } from "../../../ipc/bindings/RuleMatchView";
import type { Verdict } from "../../../ipc/bindings/Verdict";
import type { Tone } from "../../../kit/verdicts";

interface Words {
  word: string;
  tone: Tone;
  sign: Verdict;
}

const MATCHES: Words = { word: "Matches", tone: "ok", sign: "delivered" };
const DIFFERS: Words = { word: "Does not match", tone: "idle", sign: "missing" };

/** What a rule makes of the event, by Waybill's own evaluation. */
export function ruleWords(rule: RuleMatchView): Words {
  if (rule.matched === null) return { word: rule.pattern === null ? "Takes no events" : "Cannot be told", tone: "idle", sign: "unknown" };
  return rule.matched ? MATCHES : DIFFERS;
}

/** What AWS answered, beside it. */
export function awsWords(rule: RuleMatchView): Words {
  if (rule.by_aws === null) return { word: "Not told", tone: "idle", sign: "unknown" };
  const words = rule.by_aws ? MATCHES : DIFFERS;
  return rule.disagrees ? { ...words, word: `${words.word}: disagrees`, tone: "warn" } : words;
}

/** Why it does not match, in the field that fails first. */
export function reasonOf(rule: RuleMatchView): string {
  const failed = rule.fields.find((field) => !field.matched);
  if (rule.pattern === null) return "It runs on a schedule and has no event pattern.";
  if (rule.matched === null) return "Waybill cannot read its event pattern.";
  if (rule.matched) return rule.enabled ? "Every field of its pattern matches." : "Its pattern matches, but it is disabled and takes nothing.";
  if (!failed) return "Its pattern does not match.";
  return `${failed.path}: the pattern wants ${failed.wanted.join(" or ")}, the event has ${failed.found.length > 0 ? failed.found.join(", ") : "no such field"}.`;
}
