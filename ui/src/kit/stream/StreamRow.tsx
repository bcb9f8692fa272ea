import type { StreamColumn } from "./StreamTable";

interface StreamRowProps<Row> {
  id: string;
  row: Row;
  columns: readonly StreamColumn<Row>[];
  place: { index: number; top: number; template: string };
  selected: boolean;
  onSelect: () => void;
}

/** One row in sight. */
export function StreamRow<Row>({ id, row, columns, place, selected, onSelect }: StreamRowProps<Row>) {
  return (
    <div
      id={id}
      role="row"
      className={`stream-row${selected ? " stream-selected" : ""}`}
      aria-rowindex={place.index + 2}
      aria-selected={selected}
      style={{ gridTemplateColumns: place.template, transform: `translateY(${place.top}px)` }}
      onClick={onSelect}
    >
      {columns.map((column) => (
        <span role="gridcell" className="wb-ellipsis" key={column.id}>{column.cell(row)}</span>
      ))}
    </div>
  );
}
