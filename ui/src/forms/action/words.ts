import type { TriggerMode } from "../../ipc/bindings/TriggerMode";
import { EVENT_TYPES, shortType } from "../../kit/eventTypes";

export const TRIGGER_MODES: Record<TriggerMode, string> = { automatic: "Automatic", manual: "Manual" };

/** Event types in few words: "All nine", or up to three names and how many more. */
export function typesInWords(types: readonly string[]): string {
  if (types.length === EVENT_TYPES.length) return "All nine";
  const named = types.slice(0, 3).map(shortType).join(", ");
  return types.length > 3 ? `${named} and ${types.length - 3} more` : named;
}

/** How many of the nine were chosen, for a narrow column. */
export const typesInShort = (types: readonly string[]): string => `${types.length} of ${EVENT_TYPES.length}`;
