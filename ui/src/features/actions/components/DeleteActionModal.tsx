import { useQuery } from "@tanstack/react-query";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Spinner from "@cloudscape-design/components/spinner";
import type { AlertActionView } from "../../../ipc/bindings/AlertActionView";
import type { DeleteReport } from "../../../ipc/bindings/DeleteReport";
import { ErrorState } from "../../../kit/ErrorState";
import { useNotify } from "../../../notify/NotifyContext";
import { deletePreviewQuery, useDeleteAction } from "../api/actions";

interface DeleteActionModalProps {
  action: AlertActionView;
  onDone: () => void;
  onDismiss: () => void;
}

/** Asks before an alert action goes, and says what goes with it and what stays. */
export function DeleteActionModal({ action, onDone, onDismiss }: DeleteActionModalProps) {
  const preview = useQuery(deletePreviewQuery(action.id));
  const remove = useDeleteAction();
  const notify = useNotify();
  const onSuccess = (report: DeleteReport) => {
    notify.show({ type: "success", header: `Alert action ${report.name} was deleted`, content: report.kept.join(" ") || undefined });
    onDone();
  };
  return (
    <Modal
      visible
      header={`Delete alert action ${action.name}?`}
      closeAriaLabel="Close"
      onDismiss={onDismiss}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={onDismiss}>Cancel</Button>
            <Button variant="primary" disabled={!preview.data} loading={remove.isPending} onClick={() => remove.mutate(action.id, { onSuccess })} data-testid="submit">
              Delete alert action
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="s">
        {remove.error && <ErrorState title="The alert action was not deleted" error={remove.error} />}
        {preview.isPending && <div><Spinner /> Looking what would go…</div>}
        {preview.isError && <ErrorState title="What would go could not be read" error={preview.error} onRetry={() => void preview.refetch()} />}
        {preview.data && <Sentences title="What goes" sentences={preview.data.removed} />}
        {preview.data && <Sentences title="What stays" sentences={preview.data.kept} />}
      </SpaceBetween>
    </Modal>
  );
}

function Sentences({ title, sentences }: { title: string; sentences: readonly string[] }) {
  if (sentences.length === 0) return null;
  return (
    <section aria-label={title}>
      <b>{title}</b>
      <ul>{sentences.map((sentence) => <li key={sentence} className="wb-wrap">{sentence}</li>)}</ul>
    </section>
  );
}
