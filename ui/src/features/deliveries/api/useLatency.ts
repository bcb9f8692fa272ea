import { useEffect, useMemo, useRef, useState } from "react";
import { queryOptions, useQuery, useQueryClient } from "@tanstack/react-query";
import type { DeliveryFilter } from "../../../ipc/bindings/DeliveryFilter";
import type { LatencyView } from "../../../ipc/bindings/LatencyView";
import { call } from "../../../ipc/call";
import { keys } from "../../../ipc/keys";
import { useLive } from "../../../ipc/LiveContext";
import { inScope } from "../model/filter";
import { LiveLatency } from "../model/liveLatency";

const latency = (filter: DeliveryFilter) =>
  queryOptions({
    queryKey: keys.latency(filter),
    queryFn: () => call<LatencyView>("latency", { filter }),
    placeholderData: (before: LatencyView | undefined) => before,
  });

/** New arrivals redraw the plot at most this often. */
const REDRAW_MS = 500;
const NOTHING: LatencyView = { summary: { p50: null, p95: null, p99: null, max: null }, points: [], buckets: [] };

/** Latencies over time and by size; live rows are counted here, and the store is asked again only when runs of others end. */
export function useLatency(filter: DeliveryFilter, live: boolean) {
  const queries = useQueryClient();
  const query = useQuery(latency(filter));
  const counting = useMemo(() => new LiveLatency(query.data ?? NOTHING), [query.data]);
  const [drawn, setDrawn] = useState(0);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  useEffect(() => () => clearTimeout(timer.current ?? undefined), []);
  const later = (act: () => void) => {
    timer.current ??= setTimeout(() => {
      timer.current = null;
      act();
    }, REDRAW_MS);
  };
  useLive((batch) => {
    const rows = batch.flatMap((event) => (event.kind === "deliveries" ? event.rows : [])).filter((row) => inScope(filter, row));
    const changed = counting.add(rows);
    if (!live) return;
    if (batch.some((event) => event.kind === "changed" && event.topic === "runs")) later(() => void queries.invalidateQueries({ queryKey: keys.latencies }));
    else if (changed) later(() => setDrawn((count) => count + 1));
  });
  // `drawn` says when to look again at what `counting` holds.
  const data = useMemo(() => counting.view(), [counting, drawn]);
  return { data, error: query.error, isPending: query.isPending };
}
