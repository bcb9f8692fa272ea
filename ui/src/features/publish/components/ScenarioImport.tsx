import { useState } from "react";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Checkbox from "@cloudscape-design/components/checkbox";
import FileInput from "@cloudscape-design/components/file-input";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { JsonEditor } from "../../../forms/editor/JsonEditor";
import { FormFailure } from "../../../forms/FormFailure";
import { useImportScenario } from "../api/scenarios";

/** A scenario from its JSON, pasted or from a file. */
export function ScenarioImport({ onDone, onDismiss }: { onDone: (name: string) => void; onDismiss: () => void }) {
  const [text, setText] = useState("");
  const [replace, setReplace] = useState(false);
  const imports = useImportScenario();
  const send = () => imports.mutate({ text, replace }, { onSuccess: (saved) => onDone(saved.name) });
  return (
    <Modal
      visible
      size="large"
      header="Import scenario"
      closeAriaLabel="Close"
      onDismiss={onDismiss}
      footer={<Box float="right"><SpaceBetween direction="horizontal" size="xs"><Button variant="link" onClick={onDismiss}>Cancel</Button><Button variant="primary" disabled={text.trim() === ""} loading={imports.isPending} onClick={send} data-testid="import-scenario">Import</Button></SpaceBetween></Box>}
    >
      <SpaceBetween size="s">
        <FileInput value={[]} accept=".json,application/json" ariaLabel="Choose a file" onChange={({ detail }) => void detail.value[0]?.text().then(setText)}>Choose a file</FileInput>
        <JsonEditor label="Scenario to import" value={text} onChange={setText} problem={null} maxHeight={300} />
        <Checkbox checked={replace} onChange={({ detail }) => setReplace(detail.checked)}>Take the place of one of the same name</Checkbox>
        <FormFailure title="The scenario was not imported" error={imports.error} fields={[]} />
      </SpaceBetween>
    </Modal>
  );
}
