import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { RunSummary } from "../../../ipc/bindings/RunSummary";
import { useNotify } from "../../../notify/NotifyContext";
import { useCancelRun } from "../api/compose";

interface RunButtonsProps {
  what?: "run" | "scenario";
  run: RunSummary | null;
  running: boolean;
  onStart: () => void;
}

/** Start, and Stop while it goes on. */
export function RunButtons({ what = "run", run, running, onStart }: RunButtonsProps) {
  const cancel = useCancelRun();
  const notify = useNotify();
  const stop = (runId: string) => cancel.mutate(runId, { onError: (error) => notify.fail("The run could not be stopped", error) });
  return (
    <SpaceBetween direction="horizontal" size="xs">
      {running && run && <Button iconName="close" loading={cancel.isPending} onClick={() => stop(run.run_id)} data-testid={`stop-${what}`}>Stop</Button>}
      <Button iconName="play" loading={running} loadingText="Running" onClick={onStart} data-testid={`start-${what}`}>{`Start ${what}`}</Button>
    </SpaceBetween>
  );
}
