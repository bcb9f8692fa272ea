import { useLayoutEffect, type RefObject } from "react";

/** Tells the height of an element, now and whenever it changes. */
export function useHeight(element: RefObject<HTMLElement | null>, tell: (px: number) => void): void {
  useLayoutEffect(() => {
    const target = element.current;
    if (!target) return;
    const measure = () => tell(target.offsetHeight);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(target);
    return () => observer.disconnect();
  }, [element, tell]);
}
