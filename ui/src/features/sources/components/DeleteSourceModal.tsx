import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { AlertSourceView } from "../../../ipc/bindings/AlertSourceView";
import { ErrorState } from "../../../kit/ErrorState";
import { useDeleteSource } from "../api/sources";

interface DeleteSourceModalProps {
  source: AlertSourceView;
  onDone: () => void;
  onDismiss: () => void;
}

/** Asks before an alert source goes; one with alert actions is refused, with the reason. */
export function DeleteSourceModal({ source, onDone, onDismiss }: DeleteSourceModalProps) {
  const remove = useDeleteSource(source.id);
  return (
    <Modal
      visible
      header={`Delete alert source ${source.name}?`}
      closeAriaLabel="Close"
      onDismiss={onDismiss}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={onDismiss}>Cancel</Button>
            <Button variant="primary" loading={remove.isPending} onClick={() => remove.mutate(undefined, { onSuccess: onDone })} data-testid="submit">
              Delete alert source
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="s">
        {remove.error && <ErrorState title="The alert source was not deleted" error={remove.error} />}
        <div>The alert source and its incidents are removed. Runs and deliveries stay. It must have no alert actions.</div>
      </SpaceBetween>
    </Modal>
  );
}
