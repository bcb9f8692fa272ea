import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Modal from "@cloudscape-design/components/modal";
import { useResetFaults } from "../faults/faults";
import { Glyph } from "../kit/Glyph";
import { formatDuration } from "../kit/format";
import { useNotify } from "../notify/NotifyContext";
import { STEPS } from "./steps";
import { useTour } from "./TourContext";
import type { TourState } from "./tourState";

/** The end of the tour: what was seen, and the fault lab put back. */
export function TourDone({ tour }: { tour: TourState }) {
  const { end } = useTour();
  const reset = useResetFaults();
  const notify = useNotify();
  const finish = () => reset.mutate(null, { onSuccess: end, onError: (error) => notify.fail("The faults were not reset", error, "faults") });
  return (
    <Modal
      visible
      header="Green, broken, named, repaired, green"
      closeAriaLabel="Close"
      onDismiss={end}
      footer={<Box float="right"><Button variant="primary" loading={reset.isPending} onClick={finish} data-testid="tour-finish">Reset the fault lab and finish</Button></Box>}
    >
      <div data-testid="tour-done">
        <p className="tour-took">You have seen the whole loop in {formatDuration(Date.parse(tour.since) - Date.parse(tour.startedAt))}.</p>
        <ul className="tour-seen">
          {STEPS.map((step) => <li key={step.title}><span className="t-ok"><Glyph verdict="delivered" /></span>{step.title}</li>)}
        </ul>
        <p>On AWS it is the same: the same calls, the same checks, the same repair, with your own chain. The fault lab alone exists in the sandbox only.</p>
      </div>
    </Modal>
  );
}
