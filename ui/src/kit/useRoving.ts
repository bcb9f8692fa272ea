import { useRef, useState, type KeyboardEvent } from "react";

/** What a cell spreads on its element. */
export interface RovingCell {
  ref: (element: HTMLElement | null) => void;
  tabIndex: number;
  onFocus: () => void;
}

/** How far each arrow key goes in a grid of `columns`. */
function step(key: string, columns: number): number {
  if (key === "ArrowRight") return 1;
  if (key === "ArrowLeft") return -1;
  if (key === "ArrowDown") return columns;
  return key === "ArrowUp" ? -columns : 0;
}

/** One tab stop for many cells: arrows, Home and End move among them. */
export function useRoving(count: number, columns: number) {
  const [active, setActive] = useState(0);
  const cells = useRef<(HTMLElement | null)[]>([]);
  const onKeyDown = (event: KeyboardEvent) => {
    const to = target(event.key, active, { count, columns });
    if (to === null) return;
    event.preventDefault();
    cells.current[to]?.focus();
  };
  const cell = (index: number): RovingCell => ({
    ref: (element: HTMLElement | null) => {
      cells.current[index] = element;
    },
    tabIndex: index === Math.min(active, count - 1) ? 0 : -1,
    onFocus: () => setActive(index),
  });
  return { cell, onKeyDown };
}

function target(key: string, from: number, size: { count: number; columns: number }): number | null {
  if (key === "Home") return 0;
  if (key === "End") return size.count - 1;
  const by = step(key, size.columns);
  const to = from + by;
  return by === 0 || to < 0 || to >= size.count ? null : to;
}
