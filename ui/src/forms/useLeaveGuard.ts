import { useEffect, useRef, useState } from "react";
import { guardLeaving } from "../router/guard";
import { navigate } from "../router/location";

export interface LeaveGuard {
  /** Where the user wants to go, while the question is open. */
  wanted: string | null;
  stay: () => void;
  /** Goes there, or where the user wanted to, without a question. */
  leave: (href?: string) => void;
}

/** Asks before unsaved input is left behind, by link or by the back button. */
export function useLeaveGuard(dirty: boolean): LeaveGuard {
  const [wanted, setWanted] = useState<string | null>(null);
  const leaving = useRef(false);
  useEffect(() => {
    if (!dirty) return;
    const here = window.location.hash;
    const keep = (href: string) => {
      if (leaving.current) return true;
      setWanted(href);
      return false;
    };
    const onBack = (event: HashChangeEvent) => {
      const there = window.location.hash;
      if (there === here || keep(there)) return;
      event.stopImmediatePropagation();
      window.history.replaceState(null, "", here);
    };
    const release = guardLeaving(keep);
    window.addEventListener("hashchange", onBack, true);
    return () => {
      release();
      window.removeEventListener("hashchange", onBack, true);
    };
  }, [dirty]);
  const leave = (href = wanted) => {
    if (href === null) return;
    leaving.current = true;
    setWanted(null);
    navigate(href);
  };
  return { wanted, stay: () => setWanted(null), leave };
}
