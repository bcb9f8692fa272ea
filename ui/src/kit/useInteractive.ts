import { useEffect } from "react";

const MARK = "interactive";

/** Marks in the page's own timeline when the first view is drawn with what it shows; `make figures` reads it. */
export function useInteractive(ready: boolean): void {
  useEffect(() => {
    if (!ready || performance.getEntriesByName(MARK).length > 0) return;
    requestAnimationFrame(() => requestAnimationFrame(() => performance.mark(MARK)));
  }, [ready]);
}
