import Alert from "@cloudscape-design/components/alert";
import type { RepairUndone } from "../../../ipc/bindings/RepairUndone";
import { TimeText } from "../../../kit/TimeText";

/** A repair that was taken back, request by request. */
export function Undone({ undone }: { undone: RepairUndone }) {
  return (
    <div data-testid="repair-undone">
      <Alert type="info" header="The repair was undone">
        The chain is as it was before the repair of <TimeText at={undone.began_at} show="clock" />.
        {undone.steps.map((step) => <div key={step} className="wb-mono wb-wrap">{step}</div>)}
      </Alert>
    </div>
  );
}
