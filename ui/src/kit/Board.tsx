import { Cell } from "./BoardCell";
import type { BoardCell } from "./boardCells";
import { useRoving } from "./useRoving";
import "./board.css";

interface BoardProps {
  cells: readonly BoardCell[];
  /** What the board is about, for those who do not see it. */
  label: string;
  /** Wide cells that carry the name of their event type. */
  named?: boolean;
  onSelect?: (eventType: string) => void;
}

const COLUMNS = 3;
const ROWS = [0, 1, 2];

/** The nine event types as a grid of verdicts; one tab stop, arrows move. */
export function Board({ cells, label, named = false, onSelect }: BoardProps) {
  const roving = useRoving(cells.length, COLUMNS);
  return (
    <div className={`board${named ? " board-named" : ""}`} role="grid" aria-label={label} onKeyDown={roving.onKeyDown}>
      {ROWS.map((row) => (
        <div className="board-row" role="row" key={row}>
          {cells.slice(row * COLUMNS, (row + 1) * COLUMNS).map((cell, column) => (
            <Cell key={cell.eventType} cell={cell} named={named} onSelect={onSelect} roving={roving.cell(row * COLUMNS + column)} />
          ))}
        </div>
      ))}
    </div>
  );
}
