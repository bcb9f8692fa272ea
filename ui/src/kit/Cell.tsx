import type { BoardCell } from "../ipc/bindings/BoardCell";
import { navigate } from "../router/location";
import { shortType } from "./eventTypes";
import { formatDuration } from "./format";
import { Glyph } from "./Glyph";
import type { RovingCell } from "./useRoving";
import { Verdict } from "./Verdict";
import { VERDICTS } from "./verdicts";

interface CellProps {
  cell: BoardCell;
  named: boolean;
  /** Where a click or Enter leads to. */
  href: string | undefined;
  roving: RovingCell;
}

/** One cell of the board; what it means shows on hover and on focus. */
export function Cell({ cell, named, href, roving }: CellProps) {
  const { event_type: eventType, verdict } = cell;
  const open = () => href && navigate(href);
  return (
    <div
      role="gridcell"
      className={`cell cell-${tone(cell)}${href ? " cell-opens" : ""}`}
      aria-label={`${eventType}: ${words(cell)}${href ? ". Why? Enter asks the doctor" : ""}`}
      data-testid={`board-cell-${eventType}`}
      data-verdict={verdict ?? ""}
      onClick={open}
      onKeyDown={(event) => event.key === "Enter" && open()}
      {...roving}
    >
      {verdict && <Glyph verdict={verdict} size={named ? 14 : 13} />}
      {named && <span>{shortType(eventType)}</span>}
      <div className="tip" aria-hidden>
        <b>{eventType}</b>
        {verdict ? <Verdict verdict={verdict}>{words(cell)}</Verdict> : <span>{words(cell)}</span>}
        {href && <span className="wb-secondary">Why? Ask the doctor</span>}
      </div>
    </div>
  );
}

function tone(cell: BoardCell): string {
  if (cell.verdict) return VERDICTS[cell.verdict].tone;
  return cell.chosen ? "open" : "none";
}

function words(cell: BoardCell): string {
  if (!cell.verdict) return cell.chosen ? "Not published yet" : "Not expected: the alert action did not choose it";
  const word = VERDICTS[cell.verdict].word;
  return cell.latency_ms === null ? word : `${word} · ${formatDuration(cell.latency_ms)}`;
}
