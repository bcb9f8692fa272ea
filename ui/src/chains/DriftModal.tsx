import { useQuery } from "@tanstack/react-query";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Spinner from "@cloudscape-design/components/spinner";
import { Code } from "../kit/Code";
import { ErrorState } from "../kit/ErrorState";
import { DriftTable } from "./DriftTable";
import { driftQuery, useDriftActs } from "./driftQuery";

/** A chain beside its record, and what to do about the difference. Nothing is overwritten before it was read here. */
export function DriftModal({ actionId, name, onDismiss }: { actionId: string; name: string; onDismiss: () => void }) {
  const { data, error, refetch } = useQuery(driftQuery(actionId));
  const { take, restore } = useDriftActs(actionId);
  const busy = take.isPending || restore.isPending;
  const differs = data !== undefined && data.differences.length > 0;
  const plan = data?.restore;
  return (
    <Modal
      visible
      size="max"
      header={`${name} beside its record`}
      closeAriaLabel="Close"
      onDismiss={onDismiss}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={onDismiss}>Close</Button>
            <Button disabled={!differs || busy} loading={take.isPending} onClick={() => data && take.mutate(data.state)}>Take AWS’s</Button>
            <Button variant="primary" disabled={!plan || busy} loading={restore.isPending} onClick={() => plan && restore.mutate(plan.plan)} data-testid="submit">Restore mine</Button>
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="s">
        {error && <ErrorState title="The chain could not be compared" error={error} onRetry={() => void refetch()} />}
        {take.error && <ErrorState title="AWS’s was not taken" error={take.error} />}
        {restore.error && <ErrorState title="The record was not restored" error={restore.error} />}
        {!data && !error && <Spinner />}
        {data?.differences.length === 0 && <Box>The chain is as recorded.</Box>}
        {differs && <DriftTable fields={data.differences} />}
        {differs && <Box fontSize="body-s" color="text-body-secondary">Take AWS’s: the record and what is expected follow AWS, which stays as it is. Restore mine: these calls are sent, in this order; what others added stays. It is in Activity, and the doctor takes it back.</Box>}
        {plan && <Code label="Calls that restore it" wrap maxHeight={260}>{plan.steps.map((step) => `${step.call}\n${step.input}`).join("\n")}</Code>}
        {data && data.restored.length > 0 && <Box>{`Restored by ${data.restored.map(({ call }) => call).join(", ")}. Take it back in Doctor, or with waybill drift --undo.`}</Box>}
      </SpaceBetween>
    </Modal>
  );
}
