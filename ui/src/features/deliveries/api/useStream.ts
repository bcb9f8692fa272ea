import { useCallback, useEffect, useRef, useState } from "react";
import { useQueryClient } from "@tanstack/react-query";
import type { DeliveryFilter } from "../../../ipc/bindings/DeliveryFilter";
import type { DeliveryRow } from "../../../ipc/bindings/DeliveryRow";
import { useLive } from "../../../ipc/LiveContext";
import { inScope, passes } from "../model/filter";
import { alreadyShown, withRows } from "../model/pages";
import { deliveries } from "./useDeliveries";

/** How live rows are taken in: at once; verdicts only, while the reader is further down; or not at all. */
export type Following = "all" | "verdicts" | "stopped";

/** Brings live deliveries into the pages; what is not shown yet is held and counted. */
export function useStream(filter: DeliveryFilter, following: Following, ready: boolean) {
  const queries = useQueryClient();
  const held = useRef(new Map<number, DeliveryRow>());
  const unseen = useRef(new Set<number>());
  const behind = useRef(false);
  const [waiting, setWaiting] = useState(0);
  const { queryKey } = deliveries(filter);
  const pages = () => queries.getQueryData(queryKey);
  const put = (rows: readonly DeliveryRow[]) => queries.setQueryData(queryKey, (now) => now && withRows(now, rows, filter));
  const shownOf = (rows: readonly DeliveryRow[]) => new Set(alreadyShown(pages(), rows).map((row) => row.id));

  const forget = useCallback(() => {
    held.current.clear();
    unseen.current.clear();
    setWaiting(0);
  }, []);
  const hold = (rows: readonly DeliveryRow[]) => {
    const shown = shownOf(rows);
    for (const row of rows) {
      held.current.set(row.id, row);
      if (!shown.has(row.id) && passes(filter, row)) unseen.current.add(row.id);
      else unseen.current.delete(row.id);
    }
    setWaiting(unseen.current.size);
  };
  const release = () => {
    if (held.current.size === 0) return;
    put([...held.current.values()]);
    forget();
  };
  const onRows = (rows: readonly DeliveryRow[]) => {
    if (!ready || following === "stopped") return hold(rows);
    if (following === "all") return void put(rows);
    const shown = shownOf(rows);
    put(rows.filter((row) => shown.has(row.id)));
    hold(rows.filter((row) => !shown.has(row.id)));
  };

  // What other programs publish comes without its rows: the pages are read again, but not under the reader's eyes.
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
  return { waiting, release: useCallback(() => latest.current.release(), []) };
}
