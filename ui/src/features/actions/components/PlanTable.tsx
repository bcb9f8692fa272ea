import Table, { type TableProps } from "@cloudscape-design/components/table";
import type { ImportKind } from "../../../ipc/bindings/ImportKind";
import type { ImportLine } from "../../../ipc/bindings/ImportLine";
import type { ImportPlan } from "../../../ipc/bindings/ImportPlan";

const WORDS: Record<ImportKind, string> = { create: "Is made", change: "Is changed", same: "Stays as it is" };

const COLUMNS: TableProps.ColumnDefinition<ImportLine>[] = [
  { id: "name", header: "Alert action", isRowHeader: true, cell: (line) => line.name },
  { id: "source", header: "Alert source", cell: (line) => line.alert_source },
  { id: "kind", header: "What becomes of it", cell: (line) => <span className={`plan-${line.kind}`}>{WORDS[line.kind]}</span> },
  { id: "fields", header: "Changes", cell: (line) => <Changes line={line} /> },
];

/** What an import would do, before anything is written. */
export function PlanTable({ plan }: { plan: ImportPlan }) {
  return <Table items={plan.lines} columnDefinitions={COLUMNS} trackBy="name" variant="embedded" wrapLines contentDensity="compact" ariaLabels={{ tableLabel: "What the import does" }} empty="The document has no alert actions." />;
}

function Changes({ line }: { line: ImportLine }) {
  return (
    <>
      {line.fields.map(({ field, before, after }) => (
        <div key={field}>{field}: <del>{before || "none"}</del> → <ins>{after || "none"}</ins></div>
      ))}
      {line.warning && <div className="t-warn">{line.warning}</div>}
    </>
  );
}
