import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { RunSummary } from "../../../ipc/bindings/RunSummary";
import { paths } from "../../../router/paths";
import { useFollow } from "../../../router/useFollow";
import { useCancelRun } from "../api/useCancelRun";
import { EvidenceMenu } from "./EvidenceMenu";

/** What can be done with the run that is shown. */
export function RunActions({ run }: { run: RunSummary }) {
  const cancel = useCancelRun();
  const follow = useFollow();
  if (run.state === "running") {
    return <Button iconName="stop-circle" loading={cancel.isPending} onClick={() => cancel.mutate(run.run_id)}>Stop publishing</Button>;
  }
  return (
    <SpaceBetween direction="horizontal" size="xs">
      {!run.proven && <Button href={paths.doctor(run.action_id, { run: run.run_id })} onFollow={follow}>Ask the doctor</Button>}
      <EvidenceMenu runId={run.run_id} />
    </SpaceBetween>
  );
}
