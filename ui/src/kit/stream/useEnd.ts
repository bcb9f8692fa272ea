import { useEffect, useRef } from "react";

/** Says once for each length of the list that its end has come into sight. */
export function useEnd(inSight: boolean, count: number, onEnd: (() => void) | undefined): void {
  const latest = useRef(onEnd);
  useEffect(() => {
    latest.current = onEnd;
  });
  useEffect(() => {
    if (inSight && count > 0) latest.current?.();
  }, [inSight, count]);
}
