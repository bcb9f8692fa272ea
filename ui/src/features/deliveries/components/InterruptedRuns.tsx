import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import { useEnvironment } from "../../../ipc/queries/useEnvironment";
import { useRuns } from "../api/useRuns";
import { useTakeUp } from "../api/useTakeUp";

/** Runs whose program ended on the way and that nobody follows, with the way to their verdicts. */
export function InterruptedRuns() {
  const connection = useEnvironment().data?.connection;
  const runs = useRuns().data ?? [];
  const takeUp = useTakeUp();
  const many = runs.filter((run) => run.state === "interrupted" && run.connection === connection).length;
  if (many === 0) return null;
  return (
    <Alert
      type="warning"
      data-testid="interrupted-runs"
      header={many === 1 ? "1 run is interrupted" : `${many} runs are interrupted`}
      action={<Button loading={takeUp.isPending} onClick={() => takeUp.mutate()} data-testid="take-up-runs">Read to the end</Button>}
    >
      The program ended before every event had its verdict. Reading the queue to its end takes what is still there and judges the rest.
    </Alert>
  );
}
