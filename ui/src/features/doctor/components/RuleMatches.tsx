import type { UseQueryResult } from "@tanstack/react-query";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Spinner from "@cloudscape-design/components/spinner";
import Alert from "@cloudscape-design/components/alert";
import type { RulesMatchView } from "../../../ipc/bindings/RulesMatchView";
import { IpcError } from "../../../ipc/error";
import { EmptyState } from "../../../kit/EmptyState";
import { ErrorState } from "../../../kit/ErrorState";
import { fieldProblems } from "../../../forms/fieldProblems";
import { RuleRow } from "./RuleRow";

/** Every rule of the bus with its answer, and how many take the event. */
export function RuleMatches({ rules, asked }: { rules: UseQueryResult<RulesMatchView, Error>; asked: boolean }) {
  const { data, error } = rules;
  if (error instanceof IpcError && error.code === "bad_input") {
    return <Alert type="warning" header="This is no event">{fieldProblems(error)[0]?.reason ?? error.message}</Alert>;
  }
  if (error) return <ErrorState title="The rules could not be tried" error={error} onRetry={() => void rules.refetch()} />;
  if (!data) return <div className="wb-secondary">{rules.isFetching ? <><Spinner /> Reading the rules…</> : "Choose an event."}</div>;
  if (data.rules.length === 0) return <EmptyState title="No rules">The event bus {data.bus} has no rule: nothing takes its events.</EmptyState>;
  const taking = data.rules.filter((rule) => rule.matched && rule.enabled).length;
  return (
    <SpaceBetween size="xs">
      <div role="status" data-testid="rules-sum"><b>{`${taking} of ${data.rules.length} ${data.rules.length === 1 ? "rule takes" : taking === 1 ? "rules takes" : "rules take"} this event.`}</b></div>
      {data.rules.some((rule) => rule.disagrees) && <Alert type="warning" header="Waybill and AWS do not agree">One of the two reads a pattern otherwise; what AWS says is what happens. Please report it with the pattern and the event.</Alert>}
      <table className="rules" aria-label="Rules">
        <thead><tr><th>Rule</th><th>This event</th><th>Why</th>{asked && <th>AWS</th>}</tr></thead>
        <tbody>{data.rules.map((rule) => <RuleRow key={rule.rule} rule={rule} asked={asked} />)}</tbody>
      </table>
      <div className="wb-small wb-secondary wb-wrap">Event bus {data.bus}</div>
    </SpaceBetween>
  );
}
