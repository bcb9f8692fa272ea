import { useRef, useState } from "react";
import { useLive } from "../../../ipc/LiveContext";
import { useNow } from "../../../kit/useNow";

const WINDOW_MS = 3000;

/** Events per second that came in over the last three seconds. */
export function useRate(): number {
  const newest = useRef(0);
  const [arrivals, setArrivals] = useState<readonly { at: number; count: number }[]>([]);
  const now = useNow(1000);
  useLive((batch) => {
    const ids = batch.flatMap((event) => (event.kind === "deliveries" ? event.rows.map((row) => row.id) : []));
    const count = new Set(ids.filter((id) => id > newest.current)).size;
    if (count === 0) return;
    newest.current = Math.max(newest.current, ...ids);
    const at = Date.now();
    setArrivals((known) => [...known.filter((arrival) => at - arrival.at < WINDOW_MS), { at, count }]);
  });
  const recent = arrivals.filter((arrival) => now - arrival.at < WINDOW_MS);
  return recent.reduce((sum, arrival) => sum + arrival.count, 0) / (WINDOW_MS / 1000);
}
