import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { ErrorState } from "../../../kit/ErrorState";
import { useDeleteConnection } from "../api/connections";

interface DeleteConnectionModalProps {
  name: string;
  onDone: () => void;
  onDismiss: () => void;
}

/** Asks before a connection goes; one in use, or that an alert action needs, is refused with the reason. */
export function DeleteConnectionModal({ name, onDone, onDismiss }: DeleteConnectionModalProps) {
  const remove = useDeleteConnection(name);
  return (
    <Modal
      visible
      header={`Delete connection ${name}?`}
      closeAriaLabel="Close"
      onDismiss={onDismiss}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={onDismiss}>Cancel</Button>
            <Button variant="primary" loading={remove.isPending} onClick={() => remove.mutate(undefined, { onSuccess: onDone })} data-testid="submit">Delete connection</Button>
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="s">
        {remove.error && <ErrorState title="The connection was not deleted" error={remove.error} />}
        <div>Waybill forgets how it got there. Nothing in AWS changes; runs and deliveries stay.</div>
      </SpaceBetween>
    </Modal>
  );
}
