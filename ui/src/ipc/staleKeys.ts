import type { QueryClient } from "@tanstack/react-query";

/** What changes all the time is read again at most this often. */
const PACE_MS = 500;

/** Answers that no longer hold: read again at once, and those that follow within half a second together. */
class StaleKeys {
  private readonly waiting = new Map<string, readonly string[]>();
  private resting = false;

  constructor(private readonly queries: QueryClient) {}

  add(keys: Iterable<readonly string[]>): void {
    for (const key of keys) this.waiting.set(key.join(), key);
    if (!this.resting) this.readAgain();
  }

  private readAgain(): void {
    if (this.waiting.size === 0) return;
    for (const queryKey of this.waiting.values()) void this.queries.invalidateQueries({ queryKey });
    this.waiting.clear();
    this.resting = true;
    setTimeout(() => {
      this.resting = false;
      this.readAgain();
    }, PACE_MS);
  }
}

const known = new WeakMap<QueryClient, StaleKeys>();

/** The one list of a query cache. */
export function staleKeysOf(queries: QueryClient): StaleKeys {
  const keys = known.get(queries) ?? new StaleKeys(queries);
  known.set(queries, keys);
  return keys;
}
