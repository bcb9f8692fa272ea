const UNITS: Record<string, number> = { ms: 1, s: 1000, m: 60_000, min: 60_000, h: 3_600_000 };

/** A delay as people type it: 500 ms, 30 s, 2 min; a bare number is seconds. None where it cannot be read. */
export function readDelay(text: string): number | null {
  const found = /^(\d+(?:\.\d+)?)\s*(ms|s|min|m|h)?$/.exec(text.trim().toLowerCase());
  if (!found) return text.trim() === "" ? 0 : null;
  return Math.round(Number(found[1]) * (UNITS[found[2] ?? "s"] ?? 1000));
}

/** A delay as it is typed, in the largest unit that keeps it whole. */
export function writeDelay(ms: number): string {
  if (ms % 60_000 === 0 && ms > 0) return `${ms / 60_000} min`;
  return ms % 1000 === 0 ? `${ms / 1000} s` : `${ms} ms`;
}
