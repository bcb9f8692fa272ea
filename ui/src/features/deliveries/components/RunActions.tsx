import Button from "@cloudscape-design/components/button";
import type { RunSummary } from "../../../ipc/bindings/RunSummary";
import { useCancelRun } from "../api/useCancelRun";
import { useCopyReport } from "../api/useCopyReport";

/** What can be done with the run that is shown. */
export function RunActions({ run }: { run: RunSummary }) {
  const cancel = useCancelRun();
  const copy = useCopyReport();
  if (run.state === "running") {
    return <Button iconName="stop-circle" loading={cancel.isPending} onClick={() => cancel.mutate(run.run_id)}>Stop publishing</Button>;
  }
  return <Button iconName="copy" loading={copy.isPending} onClick={() => copy.mutate(run.run_id)}>Copy report</Button>;
}
