import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import type { ChainView } from "../ipc/bindings/ChainView";
import { useHasFaultLab } from "../faults/faults";
import { STEPS } from "./steps";
import { useTour } from "./TourContext";

/** Offers the tour after the first green proof while nothing is red, and the rest of it after it was left. */
export function TourOffer({ chains }: { chains: readonly ChainView[] }) {
  const here = useHasFaultLab();
  const { tour, start, resume, end } = useTour();
  const proven = chains.every((chain) => chain.last_run?.proven !== false) ? chains.find((chain) => chain.last_run?.proven) : undefined;
  if (!here || tour?.state === "on" || tour?.state === "over") return null;
  if (tour?.state === "left") {
    return (
      <Alert type="info" dismissible dismissAriaLabel="Forget the tour" onDismiss={end} action={<Button onClick={resume} data-testid="tour-resume">Resume the tour</Button>}>
        {`The tour waits at step ${Math.min(tour.step + 1, STEPS.length)} of ${STEPS.length}: ${STEPS[tour.step]?.title ?? "the end"}.`}
      </Alert>
    );
  }
  if (!proven) return null;
  return (
    <Alert type="info" dismissible dismissAriaLabel="No tour" onDismiss={end} action={<Button onClick={() => start(proven.action.id)} data-testid="tour-start">Take the three-minute tour</Button>}>
      It is green. Now watch it break: take a policy away, see nine events go missing, ask the doctor, repair it.
    </Alert>
  );
}
