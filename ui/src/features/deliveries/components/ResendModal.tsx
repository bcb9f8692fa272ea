import { useState } from "react";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { JsonEditor } from "../../../forms/editor/JsonEditor";
import { fieldProblems, problemAt } from "../../../forms/fieldProblems";
import { FormFailure } from "../../../forms/FormFailure";
import type { DeliveryDetail } from "../../../ipc/bindings/DeliveryDetail";
import { usePublishAgain } from "../api/usePublishAgain";
import { rawDetail } from "../model/awsCommand";

/** The detail of an earlier event, to be changed and published once more. */
export default function ResendModal({ detail, onDone }: { detail: DeliveryDetail; onDone: () => void }) {
  const [text, setText] = useState(() => indented(rawDetail(detail.sent)));
  const again = usePublishAgain(detail.row.id);
  const problem = problemAt(fieldProblems(again.error), "Detail") ?? syntaxProblem(text);
  const send = () => again.mutate(text, { onSuccess: onDone });
  return (
    <Modal
      visible
      size="large"
      header={`Edit and resend ${detail.row.event_type}`}
      closeAriaLabel="Close"
      onDismiss={onDone}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={onDone}>Cancel</Button>
            <Button variant="primary" disabled={syntaxProblem(text) !== null} loading={again.isPending} onClick={send} data-testid="resend">Resend</Button>
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="xs">
        <Box color="text-body-secondary" fontSize="body-s">
          It is published as a run of its own, about a new incident: its number takes the place of <code>id</code>, because no incident has two events of one type.
        </Box>
        <JsonEditor label="Detail to resend" value={text} onChange={setText} problem={problem ? { message: problem, line: null, column: null } : null} maxHeight={360} />
        {problem && <div className="t-bad wb-small" role="alert">{problem}</div>}
        <FormFailure title="The event was not published" error={again.error} fields={["Detail"]} />
      </SpaceBetween>
    </Modal>
  );
}

/** With line breaks, where that keeps every number as it is written. */
function indented(text: string): string {
  try {
    const value: unknown = JSON.parse(text);
    return JSON.stringify(value) === text ? JSON.stringify(value, null, 2) : text;
  } catch {
    return text;
  }
}

function syntaxProblem(text: string): string | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? null : "The detail must be a JSON object in braces.";
  } catch (error) {
    return `This is not JSON: ${(error as Error).message}`;
  }
}
