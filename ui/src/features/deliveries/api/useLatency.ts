import { useEffect, useRef } from "react";
import { queryOptions, useQuery, useQueryClient } from "@tanstack/react-query";
import type { DeliveryFilter } from "../../../ipc/bindings/DeliveryFilter";
import type { LiveEvent } from "../../../ipc/bindings/LiveEvent";
import type { LatencyView } from "../../../ipc/bindings/LatencyView";
import { call } from "../../../ipc/call";
import { keys } from "../../../ipc/keys";
import { useLive } from "../../../ipc/LiveContext";

const latency = (filter: DeliveryFilter) =>
  queryOptions({
    queryKey: keys.latency(filter),
    queryFn: () => call<LatencyView>("latency", { filter }),
    placeholderData: (before: LatencyView | undefined) => before,
  });

/** New arrivals redraw the plot at most this often. */
const REDRAW_MS = 500;

/** Latencies over time and by size; read again while deliveries come in and `live` is set. */
export function useLatency(filter: DeliveryFilter, live: boolean) {
  const queries = useQueryClient();
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  useEffect(() => () => clearTimeout(timer.current ?? undefined), []);
  useLive((batch) => {
    if (!live || timer.current !== null || !batch.some(bringsLatencies)) return;
    timer.current = setTimeout(() => {
      timer.current = null;
      void queries.invalidateQueries({ queryKey: keys.latencies });
    }, REDRAW_MS);
  });
  return useQuery(latency(filter));
}

/** Rows of this program, or a run of another one. */
const bringsLatencies = (event: LiveEvent) => event.kind === "deliveries" || (event.kind === "changed" && event.topic === "runs");
