import { useId, useRef, type KeyboardEvent, type ReactNode } from "react";
import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { StreamRow } from "./StreamRow";
import { useEnd } from "./useEnd";
import { useListOffset } from "./useListOffset";
import "./stream.css";

export interface StreamColumn<Row> {
  id: string;
  header: string;
  /** A CSS grid track, such as "112px" or "minmax(90px, 1fr)". */
  width: string;
  cell: (row: Row) => ReactNode;
}

interface StreamTableProps<Row> {
  label: string;
  /** Where the head stays when the page scrolls, in pixels from the top of the window. */
  headTop: number;
  columns: readonly StreamColumn<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  selected: string | null;
  onSelect: (key: string | null) => void;
  /** The last row has come into sight. */
  onEnd?: () => void;
  /** Stands in place of the rows when there are none. */
  empty: ReactNode;
}

const ROW_PX = 33;
/** Room left at the foot for the panel that the selection opens. */
const PANEL_PX = 300;

/** A table for many rows: only those in sight are drawn; arrows move the selection, Escape ends it. */
export function StreamTable<Row>(props: StreamTableProps<Row>) {
  const { label, headTop, columns, rows, rowKey, selected, onSelect, onEnd, empty } = props;
  const list = useRef<HTMLDivElement>(null);
  const id = useId();
  const scrollMargin = useListOffset(list);
  const virtual = useWindowVirtualizer({ count: rows.length, estimateSize: () => ROW_PX, overscan: 12, scrollMargin, scrollPaddingStart: headTop + ROW_PX, scrollPaddingEnd: PANEL_PX });
  useEnd(virtual.getVirtualItems().at(-1)?.index === rows.length - 1, rows.length, onEnd);
  const template = columns.map((column) => column.width).join(" ");

  const onKeyDown = (event: KeyboardEvent) => {
    const to = nextIndex(event.key, rows.findIndex((row) => rowKey(row) === selected), rows.length);
    if (event.key === "Escape") onSelect(null);
    const row = to === null ? undefined : rows[to];
    if (to === null || row === undefined) return;
    event.preventDefault();
    virtual.scrollToIndex(to, { align: "auto" });
    onSelect(rowKey(row));
  };
  return (
    <div className="stream" role="grid" aria-label={label} aria-rowcount={rows.length + 1} tabIndex={0} aria-activedescendant={selected ? `${id}-${selected}` : undefined} onKeyDown={onKeyDown}>
      <div className="stream-head" role="row" style={{ gridTemplateColumns: template, top: headTop }}>
        {columns.map((column) => <span role="columnheader" key={column.id}>{column.header}</span>)}
      </div>
      {rows.length === 0 && empty}
      <div ref={list} role="rowgroup" style={{ position: "relative", height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map((item) => {
          const row = rows[item.index];
          if (row === undefined) return null;
          const key = rowKey(row);
          const place = { index: item.index, top: item.start - scrollMargin, template };
          return <StreamRow key={key} id={`${id}-${key}`} row={row} columns={columns} place={place} selected={key === selected} onSelect={() => onSelect(key)} />;
        })}
      </div>
    </div>
  );
}

function nextIndex(key: string, from: number, count: number): number | null {
  const steps: Record<string, number> = { ArrowDown: from + 1, ArrowUp: from - 1, PageDown: from + 10, PageUp: from - 10, Home: 0, End: count - 1 };
  const to = steps[key];
  if (to === undefined || count === 0) return null;
  return Math.max(0, Math.min(count - 1, to));
}
