import { useState } from "react";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { fieldProblems, problemAt } from "../../../forms/fieldProblems";
import { FormFailure } from "../../../forms/FormFailure";
import type { TemplateView } from "../../../ipc/bindings/TemplateView";
import { useNotify } from "../../../notify/NotifyContext";
import { useSaveTemplate } from "../api/templates";
import type { ComposerState } from "../model/useComposer";

interface SaveTemplateModalProps {
  composer: ComposerState;
  known: readonly TemplateView[];
  onDone: () => void;
}

/** Asks for the name under which the detail is saved. */
export function SaveTemplateModal({ composer, known, onDone }: SaveTemplateModalProps) {
  const [name, setName] = useState("");
  const save = useSaveTemplate();
  const notify = useNotify();
  const replaces = known.some((template) => template.name.toLowerCase() === name.trim().toLowerCase());
  const send = () =>
    save.mutate(
      { name, eventType: composer.eventType, detail: composer.text },
      { onSuccess: (saved) => { notify.show({ type: "success", header: `Template ${saved.name} was saved`, id: "template" }); onDone(); } },
    );
  return (
    <Modal
      visible
      header="Save as template"
      closeAriaLabel="Close"
      onDismiss={onDone}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={onDone}>Cancel</Button>
            <Button variant="primary" loading={save.isPending} onClick={send} data-testid="save-template">{replaces ? "Replace" : "Save"}</Button>
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="s">
        <FormFailure title="The template was not saved" error={save.error} fields={["Name"]} />
        <FormField label="Name" constraintText={`For ${composer.eventType}. Its incident number is drawn anew each time.`} errorText={problemAt(fieldProblems(save.error), "Name")}>
          <Input value={name} onChange={({ detail }) => setName(detail.value)} autoFocus />
        </FormField>
      </SpaceBetween>
    </Modal>
  );
}
