import { useQuery } from "@tanstack/react-query";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table, { type TableProps } from "@cloudscape-design/components/table";
import type { AdoptableView } from "../../../ipc/bindings/AdoptableView";
import { EmptyState } from "../../../kit/EmptyState";
import { ErrorState } from "../../../kit/ErrorState";
import { adoptableQuery, useAdopt } from "../api/adopt";

/** Chains that are there already: partner buses with rules that send to SQS queues. */
export function AdoptModal({ onDismiss }: { onDismiss: () => void }) {
  const { data, error, isFetching, refetch } = useQuery(adoptableQuery);
  const adopt = useAdopt();
  const columns: TableProps.ColumnDefinition<AdoptableView>[] = [
    { id: "source", header: "Partner event source", isRowHeader: true, cell: ({ source }) => source },
    { id: "rule", header: "Rule", cell: ({ rule }) => rule },
    { id: "queue", header: "Queue", cell: ({ queue }) => queue },
    { id: "meaning", header: "What adopting means", cell: ({ meaning, notes }) => [meaning, ...notes].join(" ") },
    { id: "do", header: "Adopt", cell: (row) => <Button disabled={!row.action_id || row.is_known || adopt.isPending} ariaLabel={`Adopt rule ${row.rule}`} onClick={() => adopt.mutate(row)}>Adopt</Button> },
  ];
  return (
    <Modal visible size="max" header="Adopt what exists" closeAriaLabel="Close" onDismiss={onDismiss} footer={<Box float="right"><Button variant="link" onClick={onDismiss}>Close</Button></Box>}>
      <SpaceBetween size="s">
        {error && <ErrorState title="The account could not be looked through" error={error} onRetry={() => void refetch()} />}
        {adopt.error && <ErrorState title="The chain was not adopted" error={adopt.error} />}
        {!error && (
          <Table
            variant="embedded"
            wrapLines
            items={data ?? []}
            trackBy={({ source, rule, queue }) => `${source} ${rule} ${queue}`}
            loading={isFetching && !data}
            loadingText="Looking through the account"
            columnDefinitions={columns}
            ariaLabels={{ tableLabel: "Chains that could be adopted" }}
            empty={<EmptyState title="Nothing to adopt">No rule on a partner event bus sends to a queue of this account and region.</EmptyState>}
          />
        )}
      </SpaceBetween>
    </Modal>
  );
}
