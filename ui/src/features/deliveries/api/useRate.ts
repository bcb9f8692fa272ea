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
    const before = newest.current;
    const fresh = new Set<number>();
    for (const event of batch) {
      if (event.kind !== "deliveries") continue;
      for (const { id } of event.rows) if (id > before) fresh.add(id);
    }
    const count = fresh.size;
    if (count === 0) return;
    for (const id of fresh) if (id > newest.current) newest.current = id;
    const at = Date.now();
    setArrivals((known) => [...known.filter((arrival) => at - arrival.at < WINDOW_MS), { at, count }]);
  });
  const recent = arrivals.filter((arrival) => now - arrival.at < WINDOW_MS);
  return recent.reduce((sum, arrival) => sum + arrival.count, 0) / (WINDOW_MS / 1000);
}
