import { useState } from "react";
import { useQuery } from "@tanstack/react-query";
import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import Table, { type TableProps } from "@cloudscape-design/components/table";
import type { ConnectionView } from "../../../ipc/bindings/ConnectionView";
import { EmptyState } from "../../../kit/EmptyState";
import { ErrorState } from "../../../kit/ErrorState";
import { connectionsQuery, useTryConnection, useUseConnection } from "../api/connections";
import { KINDS } from "../words";
import { AddConnectionModal } from "./AddConnectionModal";
import { ConnectionReportPanel } from "./ConnectionReportPanel";
import { DeleteConnectionModal } from "./DeleteConnectionModal";
import { ModeSelect } from "./ModeSelect";

const identity = ({ profile, role_arn, removable }: ConnectionView) =>
  [profile && `profile ${profile}`, role_arn].filter(Boolean).join(", ") || (removable ? "Default credentials" : "The sandbox's own keys");

const COLUMNS: TableProps.ColumnDefinition<ConnectionView>[] = [
  { id: "name", header: "Name", isRowHeader: true, cell: (connection) => connection.name },
  { id: "kind", header: "Kind", cell: (connection) => KINDS[connection.kind] ?? connection.kind },
  { id: "region", header: "Region", cell: (connection) => connection.region || "–" },
  { id: "identity", header: "As", cell: (connection) => <span className="wb-wrap">{identity(connection)}</span> },
  { id: "endpoint", header: "Endpoint", cell: (connection) => <span className="wb-mono wb-wrap">{connection.endpoint ?? (connection.removable ? "AWS's own" : "–")}</span> },
  { id: "mode", header: "Mode", minWidth: 190, cell: (connection) => <ModeSelect connection={connection} /> },
  { id: "current", header: "In use", cell: (connection) => (connection.current ? <StatusIndicator type="success">In use</StatusIndicator> : "–") },
];

/** The connections: tried, put in use, added, deleted. Credentials are never among them. */
export function ConnectionsTable() {
  const connections = useQuery(connectionsQuery());
  const [chosen, setChosen] = useState<string | null>(null);
  const [dialog, setDialog] = useState<"add" | "delete" | null>(null);
  const [trying, using] = [useTryConnection(), useUseConnection()];
  const selected = connections.data?.find((connection) => connection.name === chosen);
  if (connections.isError) return <ErrorState title="The connections could not be read" error={connections.error} onRetry={() => void connections.refetch()} />;
  const actions = (
    <SpaceBetween direction="horizontal" size="xs">
      <Button disabled={!selected} loading={trying.isPending} onClick={() => selected && trying.mutate(selected.name)}>Test</Button>
      <Button disabled={!selected || selected.current} loading={using.isPending} onClick={() => selected && using.mutate(selected.name)}>Use</Button>
      <Button disabled={!selected?.removable} onClick={() => setDialog("delete")}>Delete</Button>
      <Button variant="primary" onClick={() => setDialog("add")}>Add connection</Button>
    </SpaceBetween>
  );
  return (
    <SpaceBetween size="s">
      <Table
        variant="container"
        data-testid="connections"
        items={connections.data ?? []}
        loading={connections.isPending}
        loadingText="Reading the connections"
        trackBy="name"
        selectionType="single"
        selectedItems={selected ? [selected] : []}
        onSelectionChange={({ detail }) => setChosen(detail.selectedItems[0]?.name ?? null)}
        columnDefinitions={COLUMNS}
        ariaLabels={{ tableLabel: "Connections", selectionGroupLabel: "Connection", itemSelectionLabel: (_, connection) => `Select ${connection.name}` }}
        header={<Header variant="h2" actions={actions} description="No credentials are kept: they come from the AWS SDK's own chain.">Connections</Header>}
        empty={<EmptyState title="No connections">The sandbox is always there once it has started.</EmptyState>}
      />
      {using.error && <ErrorState title="The connection is not in use" error={using.error} />}
      {trying.error && <ErrorState title="The connection could not be tried" error={trying.error} />}
      {trying.data && <ConnectionReportPanel report={trying.data} />}
      {dialog === "add" && <AddConnectionModal onDone={() => setDialog(null)} onDismiss={() => setDialog(null)} />}
      {dialog === "delete" && selected && <DeleteConnectionModal name={selected.name} onDone={() => setDialog(null)} onDismiss={() => setDialog(null)} />}
    </SpaceBetween>
  );
}
