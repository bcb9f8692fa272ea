import { useState } from "react";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { SetupRun } from "../api/useSetupRun";

/** Takes back what the set-up made, after a question. */
export function UndoButton({ run }: { run: SetupRun }) {
  const [asking, setAsking] = useState(false);
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
              <Button variant="primary" onClick={undo} data-testid="submit">Undo the set-up</Button>
            </SpaceBetween>
          </Box>
        }
      >
        Everything that Waybill made for this chain is removed: event bus, rule, target, queues and their policy statements. What was there before stays. The alert action stays.
      </Modal>
    </>
  );
}
