import { useMemo, useSyncExternalStore } from "react";
import { mayLeave } from "./guard";

export interface Location {
  /** First segment of the address: the view. */
  view: string;
  /** The segments after the view, decoded. */
  rest: string[];
  query: URLSearchParams;
}

/** Reads an address such as `#/sources/12?tab=actions`. */
export function parseHash(hash: string): Location {
  const [path = "", search = ""] = hash.replace(/^#\/?/, "").split("?", 2);
  const [view = "", ...rest] = path.split("/").filter(Boolean).map(decodeSegment);
  return { view: view || "overview", rest, query: new URLSearchParams(search) };
}

function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

function subscribe(changed: () => void): () => void {
  window.addEventListener("hashchange", changed);
  return () => window.removeEventListener("hashchange", changed);
}

/** The place that the window shows now. */
export function useLocation(): Location {
  const hash = useSyncExternalStore(subscribe, () => window.location.hash);
  return useMemo(() => parseHash(hash), [hash]);
}

/** Goes to an address made by `paths`; `replace` leaves no step to go back to. */
export function navigate(href: string, how: { replace?: boolean } = {}): void {
  if (!mayLeave(href)) return;
  if (!how.replace) {
    window.location.hash = href;
    return;
  }
  window.history.replaceState(null, "", href);
  window.dispatchEvent(new HashChangeEvent("hashchange"));
}
