import { useEffect, useId, useRef, type KeyboardEvent, type ReactNode } from "react";
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
  count: number;
  /** The row at a place; none while it is read again. */
  rowAt: (index: number) => Row | undefined;
  rowKey: (row: Row) => string;
  /** Place of the selected row; -1 for none. */
  selected: number;
  onSelect: (row: Row | null) => void;
  /** These places have come into sight without their rows. */
  onNeed?: (indexes: readonly number[]) => void;
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
  const { label, headTop, columns, count, rowAt, rowKey, selected, onSelect, onNeed, onEnd, empty } = props;
  const list = useRef<HTMLDivElement>(null);
  const id = useId();
  const scrollMargin = useListOffset(list);
  const virtual = useWindowVirtualizer({ count, estimateSize: () => ROW_PX, overscan: 12, scrollMargin, scrollPaddingStart: headTop + ROW_PX, scrollPaddingEnd: PANEL_PX });
  const items = virtual.getVirtualItems();
  useEnd(items.at(-1)?.index === count - 1, count, onEnd);
  const missing = items.filter((item) => rowAt(item.index) === undefined).map((item) => item.index);
  useNeed(missing, onNeed);
  const template = columns.map((column) => column.width).join(" ");

  const onKeyDown = (event: KeyboardEvent) => {
    const to = nextIndex(event.key, selected, count);
    if (event.key === "Escape") onSelect(null);
    const row = to === null ? undefined : rowAt(to);
    if (to === null) return;
    event.preventDefault();
    virtual.scrollToIndex(to, { align: "auto" });
    if (row !== undefined) onSelect(row);
  };
  return (
    <div className="stream" role="grid" aria-label={label} aria-rowcount={count + 1} tabIndex={0} aria-activedescendant={selected >= 0 ? `${id}-${selected}` : undefined} onKeyDown={onKeyDown}>
      <div role="rowgroup" className="stream-head-group" style={{ top: headTop }}>
        <div className="stream-head" role="row" aria-rowindex={1} style={{ gridTemplateColumns: template }}>
          {columns.map((column) => <span role="columnheader" key={column.id}>{column.header}</span>)}
        </div>
      </div>
      {count === 0 && <div role="row"><div role="gridcell">{empty}</div></div>}
      <div ref={list} role={count === 0 ? "presentation" : "rowgroup"} data-testid="stream-rows" style={{ position: "relative", height: virtual.getTotalSize() }}>
        {items.map((item) => {
          const row = rowAt(item.index);
          const place = { index: item.index, top: item.start - scrollMargin, template };
          const key = row === undefined ? `place-${item.index}` : rowKey(row);
          return <StreamRow key={key} id={`${id}-${item.index}`} row={row} columns={columns} place={place} selected={item.index === selected} onSelect={onSelect} />;
        })}
      </div>
    </div>
  );
}

/** Asks for what is missing, once for each set of places. */
function useNeed(missing: readonly number[], onNeed: ((indexes: readonly number[]) => void) | undefined): void {
  const latest = useRef({ missing, onNeed });
  useEffect(() => {
    latest.current = { missing, onNeed };
  });
  const told = missing.join();
  useEffect(() => {
    if (told !== "") latest.current.onNeed?.(latest.current.missing);
  }, [told]);
}

function nextIndex(key: string, from: number, count: number): number | null {
  const steps: Record<string, number> = { ArrowDown: from + 1, ArrowUp: from - 1, PageDown: from + 10, PageUp: from - 10, Home: 0, End: count - 1 };
  const to = steps[key];
  if (to === undefined || count === 0) return null;
  return Math.max(0, Math.min(count - 1, to));
}
