import { lazy, Suspense } from "react";
import { useTour } from "./TourContext";
import { useTourCommands } from "./useTourCommands";

const TourBar = lazy(() => import("./TourBar"));

/** The foot of the window: empty but for the tour. */
export function TourFoot() {
  const { tour } = useTour();
  useTourCommands();
  return <footer id="foot">{tour?.state === "on" && <Suspense><TourBar tour={tour} /></Suspense>}</footer>;
}
