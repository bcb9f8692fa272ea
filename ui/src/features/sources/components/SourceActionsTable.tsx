import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table, { type TableProps } from "@cloudscape-design/components/table";
import { ChainState } from "../../../forms/action/ChainState";
import { TRIGGER_MODES, typesInWords } from "../../../forms/action/words";
import type { AlertActionView } from "../../../ipc/bindings/AlertActionView";
import { EmptyState } from "../../../kit/EmptyState";
import { Link } from "../../../kit/Link";
import { paths } from "../../../router/paths";
import { useFollow } from "../../../router/useFollow";

const COLUMNS: TableProps.ColumnDefinition<AlertActionView>[] = [
  { id: "name", header: "Name", isRowHeader: true, cell: (action) => <Link href={paths.action(action.id)}>{action.name}</Link> },
  { id: "type", header: "Type", cell: (action) => action.type },
  { id: "mode", header: "Trigger mode", cell: (action) => TRIGGER_MODES[action.trigger_mode] },
  { id: "types", header: "Event types", cell: (action) => typesInWords(action.event_types) },
  { id: "target", header: "Account and region", cell: (action) => <span className="wb-num">{`${action.account} · ${action.region}`}</span> },
  { id: "chain", header: "Chain", cell: (action) => <Link href={paths.setup(action.id)}><ChainState state={action.chain} /></Link> },
];

/** The tab "Alert actions" of an alert source. */
export function SourceActionsTable({ sourceId, actions }: { sourceId: number; actions: AlertActionView[] }) {
  const follow = useFollow();
  const add = (variant: "primary" | "normal", testId?: string) => (
    <Button variant={variant} href={paths.newAction(sourceId)} onFollow={follow} data-testid={testId}>Add new alert action</Button>
  );
  return (
    <Table
      variant="embedded"
      items={actions}
      columnDefinitions={COLUMNS}
      ariaLabels={{ tableLabel: "Alert actions of this alert source" }}
      header={<Header variant="h2" actions={<SpaceBetween direction="horizontal" size="xs">{add("primary", "add-action")}</SpaceBetween>}>Alert actions</Header>}
      empty={<EmptyState title="No alert actions" action={add("normal")}>An alert action publishes the incidents of this source to Amazon EventBridge.</EmptyState>}
    />
  );
}
