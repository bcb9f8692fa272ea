import type { LiveBatch } from "./LiveContext";

/** Rows that are handed on in one go: more would hold up the drawing of a frame. */
export const MOST_ROWS = 1000;

/** A batch as parts with few enough rows each, in the same order; nearly always the batch itself. */
export function sliced(batch: LiveBatch): LiveBatch[] {
  if (batch.every((event) => event.kind !== "deliveries" || event.rows.length <= MOST_ROWS)) return [batch];
  const parts: LiveBatch[] = [];
  let rest: LiveBatch[number][] = [];
  for (const event of batch) {
    if (event.kind !== "deliveries" || event.rows.length <= MOST_ROWS) {
      rest.push(event);
      continue;
    }
    for (let from = 0; from < event.rows.length; from += MOST_ROWS) {
      parts.push([...rest, { kind: "deliveries", rows: event.rows.slice(from, from + MOST_ROWS) }]);
      rest = [];
    }
  }
  return rest.length > 0 ? [...parts, rest] : parts;
}
