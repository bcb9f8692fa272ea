import { createContext, useContext, useEffect, useRef } from "react";
import type { LiveEvent } from "./bindings/LiveEvent";

/** What arrives on the channel in one go; the events are in the order in which they happened. */
export type LiveBatch = readonly LiveEvent[];
export type LiveListener = (batch: LiveBatch) => void;

/** Hands each batch of the one channel to whoever listens. */
export class LiveHub {
  private readonly listeners = new Set<LiveListener>();

  publish = (batch: LiveBatch): void => {
    for (const listener of this.listeners) listener(batch);
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
