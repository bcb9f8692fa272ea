import { useEffect } from "react";

/** Brings what is to be pressed into sight once it is on the page. */
export function useHotspot(id: string | null, view: string): void {
  useEffect(() => {
    if (id === null) return;
    const show = () => {
      const spot = document.querySelector(`[data-hotspot="${CSS.escape(id)}"]`);
      spot?.scrollIntoView({ block: "center" });
      return spot !== null;
    };
    if (show()) return;
    const observer = new MutationObserver(() => show() && observer.disconnect());
    observer.observe(document.body, { childList: true, subtree: true });
    return () => observer.disconnect();
  }, [id, view]);
}
