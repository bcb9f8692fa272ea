import { useState } from "react";
import { useQueries } from "@tanstack/react-query";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Spinner from "@cloudscape-design/components/spinner";
import { useTypedName } from "../../../forms/useTypedName";
import type { AlertActionView } from "../../../ipc/bindings/AlertActionView";
import type { DeleteReport } from "../../../ipc/bindings/DeleteReport";
import { ErrorState } from "../../../kit/ErrorState";
import { useNotify } from "../../../notify/NotifyContext";
import { deletePreviewQuery } from "../api/actions";
import { useDeleteActions } from "../api/useDeleteActions";
import { GoesAndStays } from "./GoesAndStays";

interface DeleteActionsModalProps {
  actions: readonly AlertActionView[];
  onDone: () => void;
  onDismiss: () => void;
}

/** Asks before alert actions go, and says of each what goes with it and what stays. */
export function DeleteActionsModal({ actions: wanted, onDone, onDismiss }: DeleteActionsModalProps) {
  // The list below changes while they go.
  const [actions] = useState(wanted);
  const remove = useDeleteActions();
  const notify = useNotify();
  const left = actions.filter(({ name }) => !remove.gone.includes(name));
  const previews = useQueries({ queries: actions.map(({ id, name }) => ({ ...deletePreviewQuery(id), enabled: !remove.isPending && !remove.gone.includes(name) })) });
  const reports = previews.flatMap(({ data }) => data ?? []);
  const unread = previews.find(({ error }) => error !== null);
  const what = actions.length === 1 ? "alert action" : `${actions.length} alert actions`;
  const { field, confirmed } = useTypedName(actions.length === 1 ? (actions[0]?.name ?? "") : "delete");
  const close = remove.gone.length > 0 ? onDone : onDismiss;
  const say = (gone: readonly string[]) => {
    notify.show({ type: "success", header: gone.length === 1 ? `Alert action ${gone[0]} was deleted` : `${gone.length} alert actions were deleted`, content: kept(reports) });
    onDone();
  };
  return (
    <Modal
      visible
      header={actions.length === 1 ? `Delete alert action ${actions[0]?.name}?` : `Delete ${what}?`}
      closeAriaLabel="Close"
      onDismiss={close}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={close}>Cancel</Button>
            <Button variant="primary" disabled={reports.length < actions.length || !confirmed} loading={remove.isPending} onClick={() => void remove.start(left, say)} data-testid="submit">
              {`Delete ${what}`}
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="s">
        {remove.failure && <ErrorState title={`${remove.failure.name} was not deleted`} error={remove.failure.error} />}
        {remove.gone.length > 0 && <div role="status">{`Already deleted: ${remove.gone.join(", ")}`}</div>}
        {unread?.error && <ErrorState title="What would go could not be read" error={unread.error} onRetry={() => void unread.refetch()} />}
        {!unread && reports.length < actions.length && <div><Spinner /> Looking what would go…</div>}
        {reports.map((report) => <GoesAndStays key={report.name} report={report} titled={actions.length > 1} />)}
        {field}
      </SpaceBetween>
    </Modal>
  );
}

const kept = (reports: readonly DeleteReport[]) => [...new Set(reports.flatMap((report) => report.kept))].join(" ") || undefined;
