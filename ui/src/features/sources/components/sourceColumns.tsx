import type { TableProps } from "@cloudscape-design/components/table";
import type { AlertSourceView } from "../../../ipc/bindings/AlertSourceView";
import { Link } from "../../../kit/Link";
import { paths } from "../../../router/paths";

export const SOURCE_COLUMNS: TableProps.ColumnDefinition<AlertSourceView>[] = [
  {
    id: "name",
    header: "Name",
    sortingField: "name",
    isRowHeader: true,
    cell: (source) => <Link href={paths.source(source.id)}>{source.name}</Link>,
  },
  { id: "id", header: "Number", sortingField: "id", cell: (source) => <span className="wb-num">{source.id}</span> },
  { id: "actions", header: "Alert actions", sortingField: "actions", cell: (source) => <span className="wb-num">{source.actions}</span> },
  {
    id: "incidents",
    header: "Open incidents",
    sortingField: "open_incidents",
    cell: (source) => <Link href={paths.source(source.id, "incidents")}>{String(source.open_incidents)}</Link>,
  },
];
