import type { FaultView } from "../../../ipc/bindings/FaultView";

export interface FaultGroup {
  name: string;
  faults: FaultView[];
}

/** Groups along the chain, and how the ids of the checks in each begin. */
const GROUPS: readonly (readonly [string, RegExp])[] = [
  ["Access", /^(credentials|account-region)/],
  ["Alert action", /^(event-type|manual)/],
  ["Partner event source", /^source/],
  ["Event bus", /^(bus|throttling|entry)/],
  ["Rule and target", /^(rule|pattern|target|transformer)/],
  ["SQS queue", /^(queue|message-size|retention|propagation|dead-letter)/],
  ["Reading", /^(other-consumers|poller)/],
];

const ON_THE_WAY = "On the way";

/** The faults along the chain; what has no check happens on the way. */
export function groupFaults(faults: readonly FaultView[]): FaultGroup[] {
  const nameOf = ({ check }: FaultView) => (check === null ? ON_THE_WAY : (GROUPS.find(([, ids]) => ids.test(check))?.[0] ?? ON_THE_WAY));
  const names = [...GROUPS.map(([name]) => name), ON_THE_WAY];
  return names.map((name) => ({ name, faults: faults.filter((fault) => nameOf(fault) === name) })).filter((group) => group.faults.length > 0);
}

/** The groups in two columns of about the same length, in their order. */
export function inTwo(groups: readonly FaultGroup[]): [FaultGroup[], FaultGroup[]] {
  const length = (some: readonly FaultGroup[]) => some.reduce((sum, group) => sum + group.faults.length + 1, 0);
  const at = groups.findIndex((_, index) => length(groups.slice(0, index + 1)) > length(groups) / 2);
  const cut = at < 0 ? groups.length : at;
  return [groups.slice(0, cut), groups.slice(cut)];
}
