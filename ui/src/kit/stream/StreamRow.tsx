import { memo } from "react";
import type { StreamColumn } from "./StreamTable";

interface StreamRowProps<Row> {
  id: string;
  /** None while it is read again. */
  row: Row | undefined;
  columns: readonly StreamColumn<Row>[];
  place: { index: number; top: number; template: string };
  selected: boolean;
  onSelect: (row: Row | null) => void;
}

/** One row in sight. */
function Row<Row>({ id, row, columns, place, selected, onSelect }: StreamRowProps<Row>) {
  return (
    <div
      id={id}
      role="row"
      className={`stream-row${selected ? " stream-selected" : ""}`}
      aria-rowindex={place.index + 2}
      aria-selected={selected}
      aria-busy={row === undefined}
      style={{ gridTemplateColumns: place.template, transform: `translateY(${place.top}px)` }}
      onClick={() => row !== undefined && onSelect(row)}
    >
      {columns.map((column) => (
        <span role="gridcell" className="wb-ellipsis" key={column.id}>{row === undefined ? "…" : column.cell(row)}</span>
      ))}
    </div>
  );
}

const isSame = (before: StreamRowProps<unknown>, now: StreamRowProps<unknown>) =>
  before.row === now.row && before.selected === now.selected && before.id === now.id && before.place.top === now.place.top && before.place.template === now.place.template && before.onSelect === now.onSelect;

/** Drawn again only when something of it changes: a live stream renews a few rows of many. */
export const StreamRow = memo(Row, isSame) as typeof Row;
