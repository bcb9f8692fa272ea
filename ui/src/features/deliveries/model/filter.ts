import type { DeliveryFilter } from "../../../ipc/bindings/DeliveryFilter";
import type { DeliveryRow } from "../../../ipc/bindings/DeliveryRow";

export const NO_FILTER: DeliveryFilter = { run_id: null, action_id: null, verdicts: [], event_types: [], text: null, from: null, until: null };

/** Whether a filter narrows what its run holds. */
export const narrows = (filter: DeliveryFilter) =>
  filter.verdicts.length > 0 || filter.event_types.length > 0 || [filter.text, filter.action_id, filter.from, filter.until].some((part) => part !== null);

/** Whether the run lets a row through, whatever verdicts and text are asked for. */
export const inScope = (filter: DeliveryFilter, row: DeliveryRow) => filter.run_id === null || row.run_id === filter.run_id;

/** Whether a filter lets a row through; the same rule as the one that fills the pages. */
export function passes(filter: DeliveryFilter, row: DeliveryRow): boolean {
  if (!inScope(filter, row) || !inTime(filter, row)) return false;
  if (filter.action_id !== null && row.action_id !== filter.action_id) return false;
  if (filter.verdicts.length > 0 && !filter.verdicts.includes(row.verdict)) return false;
  if (filter.event_types.length > 0 && !filter.event_types.includes(row.event_type)) return false;
  const text = filter.text?.trim().toLowerCase();
  return !text || [row.incident_id, row.event_id, row.request_id, row.event_type].some((field) => field?.toLowerCase().includes(text));
}

function inTime(filter: DeliveryFilter, row: DeliveryRow): boolean {
  if (filter.from === null && filter.until === null) return true;
  if (row.published_at === null) return false;
  const at = Date.parse(row.published_at);
  return (filter.from === null || at >= Date.parse(filter.from)) && (filter.until === null || at <= Date.parse(filter.until));
}
