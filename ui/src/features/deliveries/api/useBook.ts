import { useCallback, useEffect, useRef, useState } from "react";
import { queryOptions, useQuery, useQueryClient } from "@tanstack/react-query";
import type { DeliveriesPage } from "../../../ipc/bindings/DeliveriesPage";
import type { DeliveryFilter } from "../../../ipc/bindings/DeliveryFilter";
import { call } from "../../../ipc/call";
import { keys } from "../../../ipc/keys";
import { countOf, firstSheet, lightened, nextOf, refilled, SHEET_ROWS, withPage, type Book } from "../model/book";

const page = (filter: DeliveryFilter, before: number | null, limit = SHEET_ROWS) => call<DeliveriesPage>("deliveries", { filter, before, limit });

export const book = (filter: DeliveryFilter) =>
  queryOptions({
    queryKey: keys.deliveries(filter),
    queryFn: () => page(filter, null).then(firstSheet),
    // What arrived while another filter was shown is not in these pages.
    staleTime: 0,
    gcTime: 5000,
    // Rows are replaced, never mended: comparing thousands of them would only take time.
    structuralSharing: false,
  });

/** So many rows fill a view; a search goes on until it has them. */
const ENOUGH = 60;

/** What was published, newest first, read page by page as the reader comes to it. */
export function useBook(filter: DeliveryFilter) {
  const queries = useQueryClient();
  const options = book(filter);
  const { queryKey } = options;
  const query = useQuery(options);
  const [failure, setFailure] = useState<Error | null>(null);
  const search = useSearch(filter, query.data, setFailure);
  const asked = useRef(new Set<number | null>());

  /** Reads the rows of a sheet again that were let go, and lets go of those far away. */
  const need = useCallback(
    (at: number) => {
      const sheet = queries.getQueryData<Book>(queryKey)?.[at];
      if (!sheet || sheet.rows !== null || asked.current.has(sheet.before)) return;
      asked.current.add(sheet.before);
      page(filter, sheet.before, Math.max(1, sheet.count))
        .then((read) => queries.setQueryData<Book>(queryKey, (now) => now && lightened(refilled(now, sheet.before, read.rows), at)))
        .catch((error: Error) => setFailure(error))
        .finally(() => asked.current.delete(sheet.before));
    },
    [filter, queries, queryKey],
  );
  return { ...query, error: query.error ?? failure, isError: query.isError || failure !== null, need, ...search, retry: () => { setFailure(null); void query.refetch(); } };
}

/** Goes on reading below what is there, until a view is filled or the end is reached. */
function useSearch(filter: DeliveryFilter, now: Book | undefined, fail: (error: Error) => void) {
  const queries = useQueryClient();
  const { queryKey } = book(filter);
  const [searching, setSearching] = useState(false);
  const running = useRef<{ stopped: boolean } | null>(null);
  const stop = useCallback(() => {
    if (running.current) running.current.stopped = true;
    running.current = null;
    setSearching(false);
  }, []);
  useEffect(() => stop, [filter, stop]);

  const more = useCallback(async () => {
    if (running.current) return;
    const own = { stopped: false };
    running.current = own;
    setSearching(true);
    try {
      const wanted = countOf(queries.getQueryData<Book>(queryKey) ?? []) + ENOUGH;
      for (;;) {
        const before = nextOf(queries.getQueryData<Book>(queryKey) ?? []);
        if (before === null || own.stopped) return;
        const read = await page(filter, before);
        if (own.stopped) return;
        const book = queries.setQueryData<Book>(queryKey, (now) => now && (nextOf(now) === before ? lightened(withPage(now, read), now.length) : now));
        if (!book || countOf(book) >= wanted) return;
      }
    } catch (error) {
      fail(error as Error);
    } finally {
      if (running.current === own) stop();
    }
  }, [fail, filter, queries, queryKey, stop]);

  const scant = now !== undefined && countOf(now) < ENOUGH && nextOf(now) !== null;
  const given = useRef<DeliveryFilter | null>(null);
  useEffect(() => {
    // Once for each filter: a search that was stopped by hand stays stopped.
    if (!scant || given.current === filter) return;
    given.current = filter;
    void more();
  }, [filter, more, scant]);
  return { searching, more, stop, hasMore: now !== undefined && nextOf(now) !== null };
}
