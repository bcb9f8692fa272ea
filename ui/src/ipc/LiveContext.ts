import { createContext, useContext, useEffect, useRef } from "react";
import type { LiveEvent } from "./bindings/LiveEvent";
import { sliced } from "./slices";

/** What arrives on the channel in one go; the events are in the order in which they happened. */
export type LiveBatch = readonly LiveEvent[];
export type LiveListener = (batch: LiveBatch) => void;

/** Hands each batch of the one channel to whoever listens; a large one in parts, so that the page is drawn between them. */
export class LiveHub {
  private readonly listeners = new Set<LiveListener>();
  private readonly waiting: LiveBatch[] = [];

  publish = (batch: LiveBatch): void => {
    const idle = this.waiting.length === 0;
    this.waiting.push(...sliced(batch));
    if (idle) this.next();
  };

  private readonly next = (): void => {
    const [part] = this.waiting;
    try {
      if (part) for (const listener of this.listeners) listener(part);
    } finally {
      this.waiting.shift();
      if (this.waiting.length > 0) setTimeout(this.next);
    }
  };

  listen = (listener: LiveListener): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
}

export const LiveContext = createContext<LiveHub | null>(null);

/** Calls `listener` with every batch of live events while the component is shown. */
export function useLive(listener: LiveListener): void {
  const hub = useContext(LiveContext);
  const latest = useRef(listener);
  useEffect(() => {
    latest.current = listener;
  });
  useEffect(() => hub?.listen((batch) => latest.current(batch)), [hub]);
}
