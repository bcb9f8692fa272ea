import type { LinkKind } from "../../../kit/ChainIcon";
import type { Asked } from "./progress";

interface Place {
  /** Heading in the list of checks. */
  group: string;
  /** The link of the drawn chain that breaks with it. */
  link: LinkKind;
  /** What is written at that link when it is the cause. */
  word: string;
}

const place = (group: string, link: LinkKind, word: string): Place => ({ group, link, word });

/** Where on the chain each check looks. */
const PLACES: Readonly<Record<string, Place>> = {
  credentials: place("Access", "alert_action", "Credentials refused"),
  "account-region": place("Access", "alert_action", "Other account"),
  "source-missing": place("Partner event source", "partner_source", "Missing"),
  "source-pending": place("Partner event source", "partner_source", "Pending, no bus"),
  "source-inactive": place("Partner event source", "partner_source", "Not active"),
  "source-deleted": place("Partner event source", "partner_source", "Deleted"),
  "source-expiring": place("Partner event source", "partner_source", "Expiring"),
  "bus-missing": place("Event bus", "bus", "Missing"),
  "rule-missing": place("Rule", "rule", "Missing"),
  "rule-disabled": place("Rule", "rule", "Disabled"),
  "pattern-mismatch": place("Rule", "rule", "Pattern differs"),
  "event-type-not-chosen": place("Alert action", "alert_action", "Types not chosen"),
  "manual-mode": place("Alert action", "alert_action", "Manual"),
  "target-missing": place("Target", "rule", "No target"),
  "target-wrong": place("Target", "rule", "Wrong target"),
  "queue-missing": place("SQS queue", "queue", "Missing"),
  "queue-policy": place("SQS queue", "queue", "Policy forbids"),
  "queue-key": place("SQS queue", "queue", "Key forbids"),
  "queue-fifo": place("SQS queue", "queue", "FIFO refuses"),
  transformer: place("On the way", "rule", "Changes events"),
  "message-size": place("On the way", "queue", "Too small"),
  "dead-letters": place("On the way", "queue", "Undelivered events"),
  "dead-letter-queue": place("On the way", "queue", "Dead-letter queue"),
  "other-consumers": place("Reading the queue", "queue", "Others read it"),
  retention: place("Reading the queue", "queue", "Times too short"),
  propagation: place("AWS itself", "queue", "Just changed"),
  throttling: place("AWS itself", "bus", "Throttled"),
  "entry-rejected": place("AWS itself", "partner_source", "Entries refused"),
  poller: place("The poller", "queue", "Cannot be read"),
};

const ELSEWHERE = place("Further", "alert_action", "Cause");

/** Where a check looks; one that is new here stands at the end. */
export const placeOf = (id: string): Place => PLACES[id] ?? ELSEWHERE;

export interface Group {
  name: string;
  asked: Asked[];
}

/** The checks in their causal order, neighbours about the same part together. */
export function groupsOf(asked: readonly Asked[]): Group[] {
  const groups: Group[] = [];
  for (const one of asked) {
    const name = placeOf(one.id).group;
    const last = groups.at(-1);
    if (last?.name === name) last.asked.push(one);
    else groups.push({ name, asked: [one] });
  }
  return groups;
}
