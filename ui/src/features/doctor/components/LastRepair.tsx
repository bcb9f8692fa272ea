import Button from "@cloudscape-design/components/button";
import { ErrorState } from "../../../kit/ErrorState";
import { TimeText } from "../../../kit/TimeText";
import type { Examination } from "../model/useExamination";

/** An earlier repair that can still be taken back. */
export function LastRepair({ examination: { diagnosis, undo, takeBack } }: { examination: Examination }) {
  const last = diagnosis.data?.undoable;
  if (!last) return null;
  return (
    <>
      {undo.error && <ErrorState title="The repair was not taken back" error={undo.error} />}
      <div className="last-repair" data-testid="last-repair">
        <span>Last repair: <TimeText at={last.began_at} show="date-time" />, <span className="wb-mono">{last.steps.map((step) => step.call).join(", ")}</span></span>
        <Button variant="inline-link" iconName="undo" loading={undo.isPending} onClick={takeBack} data-testid="undo-repair">Undo repair</Button>
      </div>
    </>
  );
}
