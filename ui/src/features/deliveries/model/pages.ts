import type { InfiniteData } from "@tanstack/react-query";
import type { DeliveriesPage } from "../../../ipc/bindings/DeliveriesPage";
import type { DeliveryFilter } from "../../../ipc/bindings/DeliveryFilter";
import type { DeliveryRow } from "../../../ipc/bindings/DeliveryRow";
import { passes } from "./filter";

export type Pages = InfiniteData<DeliveriesPage, unknown>;

/** The rows of all pages, newest first. */
export const rowsOf = (pages: Pages | undefined): DeliveryRow[] => pages?.pages.flatMap((page) => page.rows) ?? [];

/** The pages with a batch of rows: renewed, put in their place, or taken out where the filter no longer lets them through. */
export function withRows(pages: Pages, batch: readonly DeliveryRow[], filter: DeliveryFilter): Pages {
  const latest = new Map(batch.map((row) => [row.id, row]));
  const kept = rowsOf(pages).filter((row) => !latest.has(row.id));
  const reached = reachedId(pages);
  const shown = new Set(rowsOf(pages).map((row) => row.id));
  const added = [...latest.values()].filter((row) => passes(filter, row) && (shown.has(row.id) || row.id > reached));
  const rows = [...added, ...kept].sort((one, other) => other.id - one.id);
  return { ...pages, pages: pages.pages.map((page, index) => ({ ...page, rows: index === 0 ? rows : [] })) };
}

/** Rows below this id belong to pages that are not loaded yet. */
function reachedId(pages: Pages): number {
  const more = pages.pages.at(-1)?.next ?? null;
  return more === null ? -Infinity : (rowsOf(pages).at(-1)?.id ?? -Infinity);
}

/** Of a batch, the rows that are shown already. */
export function alreadyShown(pages: Pages | undefined, batch: readonly DeliveryRow[]): DeliveryRow[] {
  const shown = new Set(rowsOf(pages).map((row) => row.id));
  return batch.filter((row) => shown.has(row.id));
}
