import { useState } from "react";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useTypedName } from "../../../forms/useTypedName";
import type { SetupRun } from "../api/useSetupRun";

/** Takes back what the set-up made, after a question; on AWS the name of the alert action is typed first. */
export function UndoButton({ run, name }: { run: SetupRun; name: string }) {
  const [asking, setAsking] = useState(false);
  const { field, confirmed } = useTypedName(name);
  const undo = () => {
    setAsking(false);
    run.takeBack();
  };
  return (
    <>
      <Button loading={run.undo.isPending} onClick={() => setAsking(true)} data-testid="setup-undo">Undo…</Button>
      <Modal
        visible={asking}
        header="Undo the set-up?"
        closeAriaLabel="Close"
        onDismiss={() => setAsking(false)}
        footer={
          <Box float="right">
            <SpaceBetween direction="horizontal" size="xs">
              <Button variant="link" onClick={() => setAsking(false)}>Cancel</Button>
              <Button variant="primary" disabled={!confirmed} onClick={undo} data-testid="submit">Undo the set-up</Button>
            </SpaceBetween>
          </Box>
        }
      >
        <SpaceBetween size="s">
          <div>Everything that Waybill made for this chain is removed: event bus, rule, target, queues and their policy statements. What was there before stays. The alert action stays.</div>
          {field}
        </SpaceBetween>
      </Modal>
    </>
  );
}
