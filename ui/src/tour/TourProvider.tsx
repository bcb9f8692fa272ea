import { useEffect, useMemo, useState, type ReactNode } from "react";
import { TourContext, type Tour } from "./TourContext";
import { keepTour, keptTour, type TourState } from "./tourState";

const now = () => new Date().toISOString();

/** Knows how far the tour is, and remembers it. */
export function TourProvider({ children }: { children: ReactNode }) {
  const [tour, setTour] = useState<TourState | null>(keptTour);
  useEffect(() => {
    if (tour) keepTour(tour);
  }, [tour]);
  const value = useMemo<Tour>(() => {
    const change = (changes: Partial<TourState>) => setTour((before) => before && { ...before, ...changes });
    return {
      tour,
      start: (actionId) => setTour({ state: "on", actionId, step: 0, startedAt: now(), since: now() }),
      leave: () => change({ state: "left" }),
      resume: () => change({ state: "on" }),
      reach: (step) => change({ step, since: now() }),
      end: () => setTour((before) => ({ actionId: "", step: 0, startedAt: now(), since: now(), ...before, state: "over" })),
    };
  }, [tour]);
  return <TourContext value={value}>{children}</TourContext>;
}
