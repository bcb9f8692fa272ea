import type { TableProps } from "@cloudscape-design/components/table";
import { ChainState } from "../../../forms/action/ChainState";
import { TRIGGER_MODES, typesInShort } from "../../../forms/action/words";
import type { AlertActionView } from "../../../ipc/bindings/AlertActionView";
import { Link } from "../../../kit/Link";
import { paths } from "../../../router/paths";

export const ACTION_COLUMNS: TableProps.ColumnDefinition<AlertActionView>[] = [
  {
    id: "name",
    header: "Name",
    sortingField: "name",
    isRowHeader: true,
    cell: (action) => <Link href={paths.action(action.id)}>{action.name}</Link>,
  },
  {
    id: "chain",
    header: "Chain",
    sortingField: "chain",
    cell: (action) => <Link href={paths.setup(action.id)} ariaLabel={`Set up ${action.name}`}><ChainState state={action.chain} /></Link>,
  },
  {
    id: "source",
    header: "Alert source",
    sortingField: "alert_source",
    cell: (action) => <Link href={paths.source(action.alert_source_id)}>{action.alert_source}</Link>,
  },
  { id: "type", header: "Type", cell: (action) => action.type },
  { id: "mode", header: "Trigger mode", sortingField: "trigger_mode", cell: (action) => TRIGGER_MODES[action.trigger_mode] },
  {
    id: "types",
    header: "Event types",
    cell: (action) => <span title={action.event_types.join(", ")}>{typesInShort(action.event_types)}</span>,
  },
  { id: "account", header: "AWS account ID", sortingField: "account", cell: (action) => <span className="wb-num">{action.account}</span> },
  { id: "region", header: "AWS region", sortingField: "region", cell: (action) => <span className="wb-nowrap">{action.region}</span> },
];
