import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { LeaveGuard } from "./useLeaveGuard";

interface LeaveModalProps {
  guard: LeaveGuard;
  /** A question, such as "Leave the set-up?". */
  title: string;
  /** What is lost. */
  children: string;
  /** Keeps what was typed and then leaves; offered where that is possible. */
  onSave?: () => void;
}

/** Asks whether to leave unsaved input behind. */
export function LeaveModal({ guard, title, children, onSave }: LeaveModalProps) {
  return (
    <Modal
      visible={guard.wanted !== null}
      header={title}
      closeAriaLabel="Close"
      onDismiss={guard.stay}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={guard.stay}>Stay</Button>
            <Button onClick={() => guard.leave()}>Leave without saving</Button>
            {onSave && <Button variant="primary" onClick={onSave}>Save and leave</Button>}
          </SpaceBetween>
        </Box>
      }
    >
      {children}
    </Modal>
  );
}
