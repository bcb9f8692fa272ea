import type { DeliveryFilter } from "../../../ipc/bindings/DeliveryFilter";
import type { DeliveryRow } from "../../../ipc/bindings/DeliveryRow";

export const NO_FILTER: DeliveryFilter = { run_id: null, action_id: null, verdicts: [], event_types: [], text: null };

/** Whether a filter narrows what its run holds. */
export const narrows = (filter: DeliveryFilter) => filter.verdicts.length > 0 || filter.event_types.length > 0 || Boolean(filter.text);

/** Whether the run lets a row through, whatever verdicts and text are asked for. */
export const inScope = (filter: DeliveryFilter, row: DeliveryRow) => filter.run_id === null || row.run_id === filter.run_id;

/** Whether a filter lets a row through; the same rule as the one that fills the pages. */
export function passes(filter: DeliveryFilter, row: DeliveryRow): boolean {
  if (!inScope(filter, row)) return false;
  if (filter.verdicts.length > 0 && !filter.verdicts.includes(row.verdict)) return false;
  if (filter.event_types.length > 0 && !filter.event_types.includes(row.event_type)) return false;
  const text = filter.text?.trim().toLowerCase();
  return !text || [row.incident_id, row.event_id, row.request_id, row.event_type].some((field) => field?.toLowerCase().includes(text));
}
