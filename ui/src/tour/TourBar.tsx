import { useEffect } from "react";
import Button from "@cloudscape-design/components/button";
import { useLocation } from "../router/location";
import { navigate, parseHash } from "../router/location";
import { STEPS } from "./steps";
import { TourDone } from "./TourDone";
import { useTour } from "./TourContext";
import type { TourState } from "./tourState";
import { useHotspot } from "./useHotspot";
import { nextStep, useTourFacts } from "./useTourFacts";
import "./tour.css";

/** The tour at the foot of the window: what to do now, and that it was done. It covers nothing and has no button that does nothing. */
export default function TourBar({ tour }: { tour: TourState }) {
  const { reach, leave } = useTour();
  const { view } = useLocation();
  const facts = useTourFacts(tour);
  const next = nextStep(tour.step, facts);
  useEffect(() => {
    if (next !== tour.step) reach(next);
  }, [next, reach, tour.step]);
  const step = STEPS[tour.step];
  const hotspot = step?.hotspot(tour.actionId) ?? null;
  useHotspot(hotspot, view);
  if (!step) return <TourDone tour={tour} />;
  const href = step.href(tour.actionId);
  return (
    <section className="tour" aria-label="Tour" data-testid="tour" data-step={tour.step + 1}>
      {hotspot && <style>{`[data-hotspot="${CSS.escape(hotspot)}"] { outline: 3px solid var(--env); outline-offset: 3px; border-radius: 20px; animation: tour-ring 1.6s ease-in-out 4; }`}</style>}
      <Dots at={tour.step} />
      <div className="tour-text" role="status">
        <b>{`${tour.step + 1} of ${STEPS.length}: ${step.title}`}</b>
        <span>{facts.gone ? "The alert action of this tour is gone: leave the tour and begin anew." : step.text}</span>
      </div>
      {parseHash(href).view !== view && <Button variant="primary" onClick={() => navigate(href)} data-testid="tour-go">Take me there</Button>}
      <Button onClick={leave} data-testid="tour-leave">Leave the tour</Button>
    </section>
  );
}

function Dots({ at }: { at: number }) {
  return <span className="tour-dots" aria-hidden>{STEPS.map((step, index) => <i key={step.title} className={index < at ? "tour-past" : index === at ? "tour-now" : ""} />)}</span>;
}
