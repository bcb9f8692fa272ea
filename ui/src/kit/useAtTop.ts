import { useSyncExternalStore } from "react";

const NEAR_PX = 24;

function subscribe(changed: () => void): () => void {
  window.addEventListener("scroll", changed, { passive: true });
  return () => window.removeEventListener("scroll", changed);
}

/** Whether the page is scrolled to its top, or nearly. */
export const useAtTop = (): boolean => useSyncExternalStore(subscribe, () => window.scrollY <= NEAR_PX);
