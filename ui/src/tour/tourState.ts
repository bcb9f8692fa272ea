/** How far somebody has come on the tour; times are RFC 3339. */
export interface TourState {
  /** On its way, left for later, or over (also: not wanted). */
  state: "on" | "left" | "over";
  /** The alert action whose chain is broken and repaired. */
  actionId: string;
  /** From 0; as many as there are steps once it is finished. */
  step: number;
  startedAt: string;
  /** When the current step was reached. */
  since: string;
}

const KEY = "waybill-tour";

/** The tour as it was left in this window; none where it was never begun. */
export function keptTour(): TourState | null {
  try {
    const text = window.localStorage.getItem(KEY);
    const kept = text === null ? null : (JSON.parse(text) as TourState);
    // A program that ended in the middle left the tour.
    return kept?.state === "on" ? { ...kept, state: "left" } : kept;
  } catch {
    return null;
  }
}

/** Remembers it; a window without storage forgets it at its end, which hurts nobody. */
export function keepTour(tour: TourState): void {
  try {
    window.localStorage.setItem(KEY, JSON.stringify(tour));
  } catch {
    // Nothing is lost but the place in the tour.
  }
}
