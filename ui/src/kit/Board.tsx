import type { BoardCell } from "../ipc/bindings/BoardCell";
import { Cell } from "./Cell";
import { useRoving } from "./useRoving";
import { isForDoctor } from "./verdicts";
import "./board.css";

interface BoardProps {
  cells: readonly BoardCell[];
  /** What the board is about, for those who do not see it. */
  label: string;
  /** Wide cells that carry the name of their event type. */
  named?: boolean;
  /** Where a cell that is not green leads to: the doctor. */
  why?: (cell: BoardCell) => string;
}

const COLUMNS = 3;

/** The nine event types as a grid of verdicts; one tab stop, arrows move. */
export function Board({ cells, label, named = false, why }: BoardProps) {
  const roving = useRoving(cells.length, COLUMNS);
  const rows = Array.from({ length: Math.ceil(cells.length / COLUMNS) }, (_, row) => row * COLUMNS);
  return (
    <div className={`board${named ? " board-named" : ""}`} role="grid" aria-label={label} data-testid="board" onKeyDown={roving.onKeyDown}>
      {rows.map((start) => (
        <div className="board-row" role="row" key={start}>
          {cells.slice(start, start + COLUMNS).map((cell, column) => (
            <Cell key={cell.event_type} cell={cell} named={named} href={isForDoctor(cell.verdict) ? why?.(cell) : undefined} roving={roving.cell(start + column)} />
          ))}
        </div>
      ))}
    </div>
  );
}
