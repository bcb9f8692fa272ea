import { useQuery } from "@tanstack/react-query";
import Header from "@cloudscape-design/components/header";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import Table, { type TableProps } from "@cloudscape-design/components/table";
import type { ConnectionView } from "../../../ipc/bindings/ConnectionView";
import { EmptyState } from "../../../kit/EmptyState";
import { ErrorState } from "../../../kit/ErrorState";
import { connectionsQuery } from "../api/connections";

const KINDS: Record<string, string> = { sandbox: "Embedded sandbox", aws: "AWS", endpoint: "Another endpoint" };

const COLUMNS: TableProps.ColumnDefinition<ConnectionView>[] = [
  { id: "name", header: "Name", isRowHeader: true, cell: (connection) => connection.name },
  { id: "kind", header: "Kind", cell: (connection) => KINDS[connection.kind] ?? connection.kind },
  { id: "region", header: "Region", cell: (connection) => connection.region },
  { id: "endpoint", header: "Endpoint", cell: (connection) => <span className="wb-mono wb-wrap">{connection.endpoint ?? "AWS's own"}</span> },
  { id: "current", header: "In use", cell: (connection) => (connection.current ? <StatusIndicator type="success">In use</StatusIndicator> : "–") },
];

/** The connections; credentials are never among them. */
export function ConnectionsTable() {
  const connections = useQuery(connectionsQuery());
  if (connections.isError) return <ErrorState title="The connections could not be read" error={connections.error} onRetry={() => void connections.refetch()} />;
  return (
    <Table
      variant="container"
      items={connections.data ?? []}
      loading={connections.isPending}
      loadingText="Reading the connections"
      trackBy="name"
      columnDefinitions={COLUMNS}
      ariaLabels={{ tableLabel: "Connections" }}
      header={<Header variant="h2" description="No credentials are kept: they come from the AWS SDK's own chain.">Connections</Header>}
      empty={<EmptyState title="No connections">The sandbox is always there once it has started.</EmptyState>}
    />
  );
}
