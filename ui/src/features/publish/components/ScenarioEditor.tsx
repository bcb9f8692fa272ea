import { useState } from "react";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { fieldProblems, problemAt } from "../../../forms/fieldProblems";
import { FormFailure } from "../../../forms/FormFailure";
import type { FieldProblem } from "../../../ipc/bindings/FieldProblem";
import { useSaveScenario } from "../api/scenarios";
import { readScenario, SCENARIO_FIELDS, type TypedScenario } from "../model/scenarioForm";
import { StepFields } from "./StepFields";

interface ScenarioEditorProps {
  title: string;
  start: TypedScenario;
  /** The scenario whose place it takes. */
  replaces: string | null;
  onDone: (name: string) => void;
  onDismiss: () => void;
}

/** Name, purpose and time line of a scenario. */
export function ScenarioEditor({ title, start, replaces, onDone, onDismiss }: ScenarioEditorProps) {
  const [typed, setTyped] = useState(start);
  const [unreadable, setUnreadable] = useState<readonly FieldProblem[]>([]);
  const save = useSaveScenario();
  const problems = unreadable.length > 0 ? unreadable : fieldProblems(save.error);
  const change = (patch: Partial<TypedScenario>) => setTyped((before) => ({ ...before, ...patch }));
  const send = () => {
    const read = readScenario(typed);
    setUnreadable(read.problems);
    if (read.problems.length === 0) save.mutate({ form: read.form, replaces }, { onSuccess: (saved) => onDone(saved.name) });
  };
  return (
    <Modal
      visible
      size="large"
      header={title}
      closeAriaLabel="Close"
      onDismiss={onDismiss}
      footer={<Box float="right"><SpaceBetween direction="horizontal" size="xs"><Button variant="link" onClick={onDismiss}>Cancel</Button><Button variant="primary" loading={save.isPending} onClick={send} data-testid="save-scenario">Save</Button></SpaceBetween></Box>}
    >
      <SpaceBetween size="s">
        <FormFailure title="The scenario was not saved" error={save.error} fields={SCENARIO_FIELDS} />
        <FormField label="Name" errorText={problemAt(problems, "Name")}><Input value={typed.name} onChange={({ detail }) => change({ name: detail.value })} autoFocus /></FormField>
        <FormField label={<>Description <i>- optional</i></>} errorText={problemAt(problems, "Description")}><Input value={typed.description} onChange={({ detail }) => change({ description: detail.value })} /></FormField>
        <StepFields steps={typed.steps} problems={problems} onChange={(steps) => change({ steps })} />
      </SpaceBetween>
    </Modal>
  );
}
