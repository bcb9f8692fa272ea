import { useState } from "react";
import { useQuery } from "@tanstack/react-query";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import FileInput from "@cloudscape-design/components/file-input";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { JsonEditor } from "../../../forms/editor/JsonEditor";
import { asSentence, fieldProblems } from "../../../forms/fieldProblems";
import { useDebounced } from "../../../forms/useDebounced";
import { ErrorState } from "../../../kit/ErrorState";
import { planQuery } from "../api/transfer";
import { useImport } from "../api/useImport";
import { PlanTable } from "./PlanTable";

const PAUSE_MS = 300;

/** A document of alert actions, pasted or from a file: what it would do is shown before anything is written. */
export default function ImportModal({ onDone, onDismiss }: { onDone: () => void; onDismiss: () => void }) {
  const [text, setText] = useState("");
  const settled = useDebounced(text, PAUSE_MS);
  const given = settled.trim() !== "";
  const plan = useQuery({ ...planQuery(settled), enabled: given });
  const imports = useImport(onDone);
  const refused = fieldProblems(plan.error);
  const ready = given && settled === text && (plan.data?.lines.some((line) => line.kind !== "same") ?? false);
  return (
    <Modal
      visible
      size="large"
      header="Import alert actions"
      closeAriaLabel="Close"
      onDismiss={onDismiss}
      footer={<Box float="right"><SpaceBetween direction="horizontal" size="xs"><Button variant="link" onClick={onDismiss}>Cancel</Button><Button variant="primary" disabled={!ready} loading={imports.isPending} onClick={() => imports.start(text)} data-testid="submit">Import</Button></SpaceBetween></Box>}
    >
      <SpaceBetween size="s">
        <FileInput value={[]} accept=".json,application/json" ariaLabel="Choose a file" onChange={({ detail }) => void detail.value[0]?.text().then(setText)}>Choose a file</FileInput>
        <JsonEditor label="Document to import" value={text} onChange={setText} problem={null} maxHeight={220} />
        {refused.length > 0 && <ul className="t-bad wb-small refusals" role="alert">{refused.map(({ field, reason }) => <li key={`${field} ${reason}`}><b>{field}</b>: {asSentence(reason)}</li>)}</ul>}
        {plan.error && refused.length === 0 && <ErrorState title="The document could not be compared" error={plan.error} />}
        {plan.data && given && <PlanTable plan={plan.data} />}
        {imports.error && <ErrorState title="The import stopped" error={imports.error} />}
      </SpaceBetween>
    </Modal>
  );
}
