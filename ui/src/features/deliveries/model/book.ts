import type { DeliveriesPage } from "../../../ipc/bindings/DeliveriesPage";
import type { DeliveryFilter } from "../../../ipc/bindings/DeliveryFilter";
import type { DeliveryRow } from "../../../ipc/bindings/DeliveryRow";
import { passes } from "./filter";

/** A part of the list as one query answers it. Rows far from the reader are let go; their place stays. */
export interface Sheet {
  /** Its rows have smaller ids; none for the newest. */
  before: number | null;
  /** Rows with smaller ids belong to the sheets below; none for the oldest. */
  next: number | null;
  count: number;
  rows: readonly DeliveryRow[] | null;
}

/** The list as far as it was read, newest sheet first. */
export type Book = readonly Sheet[];

export const SHEET_ROWS = 200;
/** Sheets whose rows are kept. */
export const MOST_SHEETS = 25;

export const countOf = (book: Book): number => book.reduce((sum, sheet) => sum + sheet.count, 0);

/** The id below which the list goes on; none at its end. */
export const nextOf = (book: Book): number | null => book.at(-1)?.next ?? null;

/** The rows that are at hand. */
export const rowsOf = (book: Book | undefined): DeliveryRow[] => book?.flatMap((sheet) => sheet.rows ?? []) ?? [];

/** Where the row with this place in the list is. */
export function placeAt(book: Book, index: number): { sheet: number; row: DeliveryRow | undefined } | null {
  let above = 0;
  for (const [at, sheet] of book.entries()) {
    if (index < above + sheet.count) return { sheet: at, row: sheet.rows?.[index - above] };
    above += sheet.count;
  }
  return null;
}

/** The place of a row in the list; -1 when it is not at hand. */
export function indexOf(book: Book, id: number | undefined): number {
  let above = 0;
  for (const sheet of book) {
    const at = sheet.rows?.findIndex((row) => row.id === id) ?? -1;
    if (at >= 0) return above + at;
    above += sheet.count;
  }
  return -1;
}

const sheetOf = (page: DeliveriesPage, before: number | null): Sheet => ({ before, next: page.next, count: page.rows.length, rows: page.rows });

export const firstSheet = (page: DeliveriesPage): Book => [sheetOf(page, null)];

/** The book with one more page; a page without rows only moves the end. */
export function withPage(book: Book, page: DeliveriesPage): Book {
  const last = book.at(-1);
  if (!last) return firstSheet(page);
  if (page.rows.length > 0) return [...book, sheetOf(page, last.next)];
  return [...book.slice(0, -1), { ...last, next: page.next }];
}

/** The book with the rows of one sheet read again. */
export const refilled = (book: Book, before: number | null, rows: readonly DeliveryRow[]): Book =>
  book.map((sheet) => (sheet.before === before && sheet.rows === null ? { ...sheet, rows, count: rows.length } : sheet));

/** The book without the rows far from a sheet, once there are too many. */
export function lightened(book: Book, around: number): Book {
  const full = book.filter((sheet) => sheet.rows !== null).length;
  if (full <= MOST_SHEETS) return book;
  const near = (at: number) => Math.abs(at - around) <= MOST_SHEETS / 2;
  return book.map((sheet, at) => (near(at) || sheet.rows === null ? sheet : { ...sheet, rows: null }));
}

/** The newest sheets alone; what is below is read again when the reader comes to it. */
export const newestOf = (book: Book): Book => (book.length > MOST_SHEETS ? book.slice(0, MOST_SHEETS) : book);

/** The book with a batch of rows: renewed, put in their place, or taken out where the filter no longer lets them through. */
export function withRows(book: Book, batch: readonly DeliveryRow[], filter: DeliveryFilter): Book {
  const bySheet = new Map<number, DeliveryRow[]>();
  for (const row of batch) {
    const at = book.findIndex((sheet) => (sheet.before === null || row.id < sheet.before) && (sheet.next === null || row.id >= sheet.next));
    if (at < 0) continue;
    const known = bySheet.get(at);
    if (known) known.push(row);
    else bySheet.set(at, [row]);
  }
  if (bySheet.size === 0) return book;
  return book.flatMap((sheet, at) => {
    const rows = bySheet.get(at);
    return rows && sheet.rows ? cut(merged(sheet, sheet.rows, rows, filter)) : [sheet];
  });
}

function merged(sheet: Sheet, before: readonly DeliveryRow[], batch: readonly DeliveryRow[], filter: DeliveryFilter): Sheet {
  const latest = new Map(batch.map((row) => [row.id, row]));
  const kept = before.filter((row) => !latest.has(row.id));
  const added = [...latest.values()].filter((row) => passes(filter, row));
  const rows = [...added, ...kept].sort((one, other) => other.id - one.id);
  return { ...sheet, rows, count: rows.length };
}

/** A sheet that grew too long, as several. */
function cut(sheet: Sheet): Sheet[] {
  const rows = sheet.rows ?? [];
  if (rows.length <= 2 * SHEET_ROWS) return [sheet];
  const parts: Sheet[] = [];
  for (let from = 0; from < rows.length; from += SHEET_ROWS) {
    const part = rows.slice(from, from + SHEET_ROWS);
    const isLast = from + SHEET_ROWS >= rows.length;
    parts.push({ before: parts.at(-1)?.next ?? sheet.before, next: isLast ? sheet.next : (part.at(-1)?.id ?? null), count: part.length, rows: part });
  }
  return parts;
}
