import { useEffect, useRef, useState } from "react";
import type { PollerView } from "../../../ipc/bindings/PollerView";

/** One receive of the poller, or a gap in which the queue was not read. */
export type Beat = "receive" | "gap";

const SHOWN = 12;

/** The poller's last twelve beats, from what the live channel reports. */
export function useBeats(poller: PollerView | undefined): Beat[] {
  const [beats, setBeats] = useState<Beat[]>([]);
  const before = useRef(poller);
  useEffect(() => {
    const added = newBeats(before.current, poller);
    before.current = poller;
    if (added.length > 0) setBeats((known) => [...known, ...added].slice(-SHOWN));
  }, [poller]);
  return beats;
}

/** What happened between two reports; counts that fell belong to a new run. */
export function newBeats(before: PollerView | undefined, now: PollerView | undefined): Beat[] {
  const more = (key: "receives" | "gaps") => {
    const [was, is] = [before?.[key] ?? 0, now?.[key] ?? 0];
    return Math.min(SHOWN, is < was ? is : is - was);
  };
  return [...Array<Beat>(more("gaps")).fill("gap"), ...Array<Beat>(more("receives")).fill("receive")];
}
