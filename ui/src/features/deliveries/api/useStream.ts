import { useCallback, useEffect, useRef, useState } from "react";
import { useQueryClient } from "@tanstack/react-query";
import type { DeliveryFilter } from "../../../ipc/bindings/DeliveryFilter";
import type { DeliveryRow } from "../../../ipc/bindings/DeliveryRow";
import { keys } from "../../../ipc/keys";
import { useLive } from "../../../ipc/LiveContext";
import { IdSet } from "../../../kit/idSet";
import { newestOf, rowsOf, withRows, type Book } from "../model/book";
import { inScope, passes } from "../model/filter";
import { book } from "./useBook";

/** How live rows are taken in: at once; verdicts only, while the reader is further down; or not at all. */
export type Following = "all" | "verdicts" | "stopped";

/** Rows that are held back; of more, only their number is kept, and they are read again. */
const MOST_HELD = 5000;

/** Brings live deliveries into the list; what is not shown yet is held and counted. */
export function useStream(filter: DeliveryFilter, following: Following, ready: boolean) {
  const queries = useQueryClient();
  const held = useRef(new Map<number, DeliveryRow>());
  const unseen = useRef(new IdSet());
  const behind = useRef(false);
  const [waiting, setWaiting] = useState(0);
  const { queryKey } = book(filter);
  const put = (rows: readonly DeliveryRow[]) =>
    queries.setQueryData<Book>(queryKey, (now) => {
      const grown = now && withRows(now, rows, filter);
      return grown && following === "all" ? newestOf(grown) : grown;
    });
  const shownAmong = (rows: readonly DeliveryRow[]) => {
    const asked = new Set(rows.map((row) => row.id));
    return new Set(rowsOf(queries.getQueryData<Book>(queryKey)).flatMap((row) => (asked.has(row.id) ? [row.id] : [])));
  };

  const forget = useCallback(() => {
    held.current.clear();
    unseen.current.clear();
    setWaiting(0);
  }, []);
  const hold = (rows: readonly DeliveryRow[], shown: ReadonlySet<number>) => {
    for (const row of rows) {
      held.current.set(row.id, row);
      if (!shown.has(row.id) && passes(filter, row)) unseen.current.add(row.id);
    }
    if (held.current.size > MOST_HELD) {
      behind.current = true;
      held.current.clear();
    }
    setWaiting(unseen.current.size);
  };
  const release = () => {
    if (held.current.size > 0) put([...held.current.values()]);
    forget();
  };
  const onRows = (rows: readonly DeliveryRow[]) => {
    if (ready && following === "all") return void put(rows);
    const shown = shownAmong(rows);
    if (!ready || following === "stopped") return hold(rows, shown);
    put(rows.filter((row) => shown.has(row.id)));
    hold(rows.filter((row) => !shown.has(row.id)), shown);
  };

  // What other programs publish comes without its rows: the list is read again, but not under the reader's eyes.
  const catchUp = () => {
    if (following !== "all" || !behind.current) return;
    behind.current = false;
    void queries.invalidateQueries({ queryKey });
  };

  const latest = useRef({ release, catchUp });
  useEffect(() => {
    latest.current = { release, catchUp };
  });
  useEffect(forget, [filter, forget]);
  useEffect(() => {
    if (ready && following === "all") latest.current.release();
    latest.current.catchUp();
  }, [following, ready]);
  useLive((batch) => {
    if (batch.some((event) => event.kind === "changed" && event.topic === "runs")) {
      behind.current = true;
      catchUp();
    }
    const rows = batch.flatMap((event) => (event.kind === "deliveries" ? event.rows : [])).filter((row) => inScope(filter, row));
    if (rows.length > 0) onRows(rows);
  });
  const show = useCallback(() => {
    latest.current.release();
    if (behind.current) {
      behind.current = false;
      void queries.invalidateQueries({ queryKey: keys.allDeliveries });
    }
  }, [queries]);
  return { waiting, release: show };
}
