import { useState } from "react";
import { useQuery } from "@tanstack/react-query";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Spinner from "@cloudscape-design/components/spinner";
import type { ConnectionForm } from "../../../ipc/bindings/ConnectionForm";
import { fieldProblems } from "../../../forms/fieldProblems";
import { FormFailure } from "../../../forms/FormFailure";
import { useFocusProblem } from "../../../forms/useFocusProblem";
import { ErrorState } from "../../../kit/ErrorState";
import { defaultsQuery, useAddConnection } from "../api/connections";
import { ConnectionFields, SHOWN } from "./ConnectionFields";

interface AddConnectionModalProps {
  onDone: () => void;
  onDismiss: () => void;
}

/** Adds a connection; what was typed stays when it is refused. Nothing is sent until it is tested or used. */
export function AddConnectionModal({ onDone, onDismiss }: AddConnectionModalProps) {
  const defaults = useQuery(defaultsQuery());
  const [typed, setTyped] = useState<Partial<ConnectionForm>>({});
  const add = useAddConnection();
  const problems = fieldProblems(add.error);
  const within = useFocusProblem(problems);
  const form = defaults.data && { ...defaults.data.form, ...typed };
  const send = () => form && add.mutate(form, { onSuccess: onDone });
  return (
    <Modal
      visible
      size="large"
      header="Add connection"
      closeAriaLabel="Close"
      onDismiss={onDismiss}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={onDismiss}>Cancel</Button>
            <Button variant="primary" loading={add.isPending} disabled={!form} onClick={send} data-testid="submit">Add connection</Button>
          </SpaceBetween>
        </Box>
      }
    >
      <form onSubmit={(event) => { event.preventDefault(); send(); }}>
        <div ref={within}>
          <SpaceBetween size="s">
            {defaults.isPending && <Spinner />}
            {defaults.isError && <ErrorState title="The form could not be filled" error={defaults.error} onRetry={() => void defaults.refetch()} />}
            <FormFailure title="The connection was not added" error={add.error} fields={SHOWN} />
            {form && <ConnectionFields form={form} defaults={defaults.data} problems={problems} onChange={(change) => setTyped({ ...typed, ...change })} />}
          </SpaceBetween>
        </div>
      </form>
    </Modal>
  );
}
