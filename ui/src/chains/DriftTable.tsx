import Table, { type TableProps } from "@cloudscape-design/components/table";
import type { FieldDriftView } from "../ipc/bindings/FieldDriftView";
import { Code } from "../kit/Code";

const COLUMNS: TableProps.ColumnDefinition<FieldDriftView>[] = [
  { id: "field", header: "Field", isRowHeader: true, cell: ({ part, field }) => `${part}: ${field}` },
  { id: "recorded", header: "Recorded", cell: ({ field, recorded }) => <Value of={`Recorded ${field}`}>{recorded}</Value> },
  { id: "live", header: "AWS has", cell: ({ field, live }) => <Value of={`${field} on AWS`}>{live}</Value> },
  { id: "restorable", header: "Restoring", cell: ({ restorable }) => (restorable ? "puts it back" : "leaves it: somebody added it") },
];

/** Every field in which AWS is not as recorded. */
export function DriftTable({ fields }: { fields: readonly FieldDriftView[] }) {
  return (
    <Table
      variant="embedded"
      items={fields}
      trackBy={({ part, field }) => `${part} ${field}`}
      columnDefinitions={COLUMNS}
      wrapLines
      ariaLabels={{ tableLabel: "Differences from the record" }}
    />
  );
}

function Value({ of, children }: { of: string; children: string }) {
  return children.includes("\n") ? <Code label={of} wrap numbers={false} maxHeight={180}>{children}</Code> : <span className="wb-mono">{children}</span>;
}
