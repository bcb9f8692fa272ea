import { createContext, useContext } from "react";
import { TOUR_DEADLINE_MS } from "./steps";
import type { TourState } from "./tourState";

export interface Tour {
  tour: TourState | null;
  /** Begins anew on the chain of an alert action. */
  start: (actionId: string) => void;
  leave: () => void;
  resume: () => void;
  /** Goes to a step, because the one before was done or undone. */
  reach: (step: number) => void;
  /** It was finished, or is not wanted. */
  end: () => void;
}

export const TourContext = createContext<Tour | null>(null);

/** The three-minute tour. */
export function useTour(): Tour {
  const tour = useContext(TourContext);
  if (!tour) throw new Error("useTour needs a TourProvider above it");
  return tour;
}

/** The deadline of a proof of this action, in milliseconds, where the tour shortens it. */
export const deadlineOf = (tour: TourState | null, actionId: string | null): number | null =>
  tour?.state === "on" && tour.actionId === actionId ? TOUR_DEADLINE_MS : null;
