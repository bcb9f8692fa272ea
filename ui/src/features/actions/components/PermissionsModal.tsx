import { useState } from "react";
import { useQuery } from "@tanstack/react-query";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Modal from "@cloudscape-design/components/modal";
import SegmentedControl from "@cloudscape-design/components/segmented-control";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Spinner from "@cloudscape-design/components/spinner";
import type { AlertActionView } from "../../../ipc/bindings/AlertActionView";
import { Code } from "../../../kit/Code";
import { copyText } from "../../../kit/copyText";
import { ErrorState } from "../../../kit/ErrorState";
import { useNotify } from "../../../notify/NotifyContext";
import { permissionsQuery } from "../api/permissions";

const TASKS = [
  { id: "observe", text: "Observe" },
  { id: "setup", text: "Set up" },
  { id: "prove", text: "Prove" },
  { id: "repair", text: "Repair" },
];

/** The IAM policy that each task on this chain needs and nothing more, to be copied. */
export function PermissionsModal({ action, onDismiss }: { action: AlertActionView; onDismiss: () => void }) {
  const [task, setTask] = useState("observe");
  const { data, error, refetch } = useQuery(permissionsQuery(action.id, task));
  const notify = useNotify();
  const copied = () => notify.show({ type: "success", header: "The IAM policy was copied", id: "permissions" });
  const copy = () => copyText(Promise.resolve(data?.document ?? "")).then(copied, (cause: Error) => notify.fail("The IAM policy could not be copied", cause, "permissions"));
  return (
    <Modal
      visible
      size="large"
      header={`Permissions for ${action.name}`}
      closeAriaLabel="Close"
      onDismiss={onDismiss}
      footer={<Box float="right"><SpaceBetween direction="horizontal" size="xs"><Button variant="link" onClick={onDismiss}>Close</Button><Button variant="primary" disabled={!data} onClick={() => void copy()} data-testid="submit">Copy</Button></SpaceBetween></Box>}
    >
      <SpaceBetween size="xs">
        <SegmentedControl label="Task" selectedId={task} options={TASKS} onChange={({ detail }) => setTask(detail.selectedId)} />
        <Box color="text-body-secondary" fontSize="body-s">{data?.sentence} <code>waybill policy --output FILE</code> writes the same to a file.</Box>
        {error && <ErrorState title="The IAM policy could not be written" error={error} onRetry={() => void refetch()} />}
        {!data && !error && <Spinner />}
        {data && <Code label="IAM policy" maxHeight={380}>{data.document}</Code>}
      </SpaceBetween>
    </Modal>
  );
}
