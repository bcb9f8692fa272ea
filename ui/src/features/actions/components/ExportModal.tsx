import { useQuery } from "@tanstack/react-query";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Spinner from "@cloudscape-design/components/spinner";
import type { AlertActionView } from "../../../ipc/bindings/AlertActionView";
import { Code } from "../../../kit/Code";
import { copyText } from "../../../kit/copyText";
import { ErrorState } from "../../../kit/ErrorState";
import { useNotify } from "../../../notify/NotifyContext";
import { exportQuery } from "../api/transfer";

/** Alert actions as JSON, to be copied. */
export function ExportModal({ actions, onDismiss }: { actions: readonly AlertActionView[]; onDismiss: () => void }) {
  const { data, error, refetch } = useQuery(exportQuery(actions.map(({ id }) => id)));
  const notify = useNotify();
  const copied = () => {
    notify.show({ type: "success", header: "The alert actions were copied as JSON", id: "export-actions" });
    onDismiss();
  };
  const copy = () => copyText(Promise.resolve(data ?? "")).then(copied, (cause: Error) => notify.fail("The alert actions could not be copied", cause, "export-actions"));
  return (
    <Modal
      visible
      size="large"
      header="Export alert actions"
      closeAriaLabel="Close"
      onDismiss={onDismiss}
      footer={<Box float="right"><SpaceBetween direction="horizontal" size="xs"><Button variant="link" onClick={onDismiss}>Close</Button><Button variant="primary" disabled={!data} onClick={() => void copy()} data-testid="submit">Copy</Button></SpaceBetween></Box>}
    >
      <SpaceBetween size="xs">
        <Box color="text-body-secondary" fontSize="body-s">What was chosen for each, and nothing else: no ids, no partner event sources, no secrets. <code>waybill actions export</code> writes the same to a file.</Box>
        {error && <ErrorState title="The alert actions could not be exported" error={error} onRetry={() => void refetch()} />}
        {!data && !error && <Spinner />}
        {data && <Code label="Alert actions as JSON" maxHeight={380}>{data}</Code>}
      </SpaceBetween>
    </Modal>
  );
}
