import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import Table, { type TableProps } from "@cloudscape-design/components/table";
import type { IncidentView } from "../../../ipc/bindings/IncidentView";
import { EmptyState } from "../../../kit/EmptyState";
import { TimeText } from "../../../kit/TimeText";
import { personName, STATUS_TYPES } from "../model/incidentWords";

const COLUMNS: TableProps.ColumnDefinition<IncidentView>[] = [
  { id: "id", header: "Incident", cell: (incident) => <span className="wb-num">{incident.id}</span> },
  { id: "summary", header: "Summary", isRowHeader: true, cell: (incident) => incident.summary },
  { id: "status", header: "Status", cell: (incident) => <StatusIndicator type={STATUS_TYPES[incident.status]}>{incident.status}</StatusIndicator> },
  { id: "priority", header: "Priority", cell: (incident) => incident.priority },
  { id: "assignee", header: "Assigned to", cell: (incident) => personName(incident.assigned_to) },
  { id: "reported", header: "Reported", cell: (incident) => <TimeText at={incident.reported_at} show="date-time" /> },
];

interface IncidentsTableProps {
  incidents: readonly IncidentView[];
  chosen: IncidentView | null;
  onChoose: (id: string) => void;
  onRaise: () => void;
}

/** The incidents of a source, newest first; choosing one shows its steps. */
export function IncidentsTable({ incidents, chosen, onChoose, onRaise }: IncidentsTableProps) {
  return (
    <Table
      variant="embedded"
      items={incidents}
      trackBy="id"
      columnDefinitions={COLUMNS}
      selectionType="single"
      selectedItems={chosen ? [chosen] : []}
      onSelectionChange={({ detail }) => detail.selectedItems[0] && onChoose(detail.selectedItems[0].id)}
      onRowClick={({ detail }) => onChoose(detail.item.id)}
      ariaLabels={{ tableLabel: "Incidents", selectionGroupLabel: "Choose an incident", itemSelectionLabel: (_, incident) => `${incident.id} ${incident.summary}` }}
      header={
        <Header
          variant="h2"
          description="Each step publishes its event through the Automatic alert actions of this source that chose its type."
          actions={<Button variant="primary" onClick={onRaise} data-testid="raise-incident">Raise incident…</Button>}
        >
          Incidents
        </Header>
      }
      empty={<EmptyState title="No incidents" action={<Button onClick={onRaise}>Raise incident…</Button>}>Raise one and move it through its life cycle to see its events arrive.</EmptyState>}
    />
  );
}
