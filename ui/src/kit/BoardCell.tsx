import type { BoardCell } from "./boardCells";
import { shortType } from "./eventTypes";
import { formatDuration } from "./format";
import { Glyph } from "./Glyph";
import { Verdict } from "./Verdict";
import { VERDICTS } from "./verdicts";

interface CellProps {
  cell: BoardCell;
  named: boolean;
  onSelect?: (eventType: string) => void;
  roving: { ref: (element: HTMLElement | null) => void; tabIndex: number; onFocus: () => void };
}

/** One cell of the board; what it means shows on hover and on focus. */
export function Cell({ cell, named, onSelect, roving }: CellProps) {
  const select = () => onSelect?.(cell.eventType);
  return (
    <div
      role="gridcell"
      className={`cell cell-${cell.verdict ? VERDICTS[cell.verdict].tone : "none"}`}
      aria-label={`${cell.eventType}: ${words(cell)}`}
      onClick={select}
      onKeyDown={(event) => event.key === "Enter" && select()}
      {...roving}
    >
      {cell.verdict && <Glyph verdict={cell.verdict} size={named ? 14 : 13} />}
      {named && <span>{shortType(cell.eventType)}</span>}
      <div className="tip" aria-hidden>
        <b>{cell.eventType}</b>
        {cell.verdict ? <Verdict verdict={cell.verdict}>{words(cell)}</Verdict> : <span>{words(cell)}</span>}
      </div>
    </div>
  );
}

function words(cell: BoardCell): string {
  if (!cell.verdict) return "Not expected";
  const parts = [VERDICTS[cell.verdict].word];
  if (cell.latencyMs !== null) parts.push(formatDuration(cell.latencyMs));
  if (cell.count > 1) parts.push(`gravest of ${cell.count}`);
  return parts.join(" · ");
}
