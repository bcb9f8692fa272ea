import { EVENT_TYPES } from "./eventTypes";
import { graver, type VerdictCode } from "./verdicts";

/** What a board needs to know of one event. */
export interface BoardEvent {
  event_type: string;
  verdict: VerdictCode;
  latency_ms: number | null;
}

export interface BoardCell {
  eventType: string;
  /** Null: this type was not published, nothing is expected of it. */
  verdict: VerdictCode | null;
  latencyMs: number | null;
  count: number;
}

/** One cell for each of the nine types; where a type was sent more than once, the gravest verdict shows. */
export function boardCells(events: readonly BoardEvent[]): BoardCell[] {
  return EVENT_TYPES.map((eventType) => events.filter((event) => event.event_type === eventType).reduce(add, {
    eventType,
    verdict: null,
    latencyMs: null,
    count: 0,
  }));
}

function add(cell: BoardCell, event: BoardEvent): BoardCell {
  const verdict = cell.verdict === null ? event.verdict : graver(cell.verdict, event.verdict);
  const latencyMs = verdict === event.verdict ? event.latency_ms : cell.latencyMs;
  return { ...cell, verdict, latencyMs, count: cell.count + 1 };
}
