import type { InfiniteData } from "@tanstack/react-query";
import type { DeliveriesPage } from "../../../ipc/bindings/DeliveriesPage";
import type { DeliveryFilter } from "../../../ipc/bindings/DeliveryFilter";
import type { DeliveryRow } from "../../../ipc/bindings/DeliveryRow";
import { passes } from "./filter";

/** Rows kept while a stream runs on. */
export const MOST_ROWS = 5000;

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
  const last = pages.pages.at(-1);
  return last ? { pages: [cut({ ...last, rows })], pageParams: pages.pageParams.slice(0, 1) } : pages;
}

/** Drops the oldest rows of a long stream; they are read again when the reader comes to them. */
function cut(page: DeliveriesPage): DeliveriesPage {
  const last = page.rows[MOST_ROWS - 1];
  return page.rows.length <= MOST_ROWS || !last ? page : { ...page, rows: page.rows.slice(0, MOST_ROWS), next: last.id };
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
