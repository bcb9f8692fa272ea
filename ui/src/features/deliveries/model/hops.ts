import type { HopView } from "../../../ipc/bindings/HopView";

export interface HopBar {
  hop: HopView;
  /** Percent of the whole way. */
  left: number;
  width: number;
}

const NARROWEST = 1.5;

/** Bars one after the other, as long as their hop took; they add up to the whole. */
export function layHops(hops: readonly HopView[]): { bars: HopBar[]; totalMs: number | null } {
  const total = hops.reduce((sum, hop) => sum + (hop.took_ms ?? 0), 0);
  const share = (ms: number) => (total === 0 ? 0 : (100 * ms) / total);
  let before = 0;
  const bars = hops.map((hop) => {
    const took = hop.took_ms ?? 0;
    const bar = { hop, left: Math.min(share(before), 100 - NARROWEST), width: Math.max(NARROWEST, share(took)) };
    before += took;
    return bar;
  });
  const read = hops.at(-1)?.at ?? null;
  return { bars, totalMs: read === null ? null : total };
}
