import { useState } from "react";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Form from "@cloudscape-design/components/form";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { UseMutationResult } from "@tanstack/react-query";
import { fieldProblems, problemAt } from "../../../forms/fieldProblems";
import { FormFailure } from "../../../forms/FormFailure";
import { useFocusProblem } from "../../../forms/useFocusProblem";

interface NameModalProps<Answer> {
  title: string;
  /** What the button says, such as "Create alert source". */
  submit: string;
  /** What stands above the form when it did not work. */
  failed: string;
  initial: string;
  save: UseMutationResult<Answer, Error, string>;
  onDone: (answer: Answer) => void;
  onDismiss: () => void;
}

/** Asks for the name of an alert source; what was typed stays when it is refused. */
export function NameModal<Answer>({ title, submit, failed, initial, save, onDone, onDismiss }: NameModalProps<Answer>) {
  const [name, setName] = useState(initial);
  const problems = fieldProblems(save.error);
  const within = useFocusProblem(problems);
  const send = () => save.mutate(name, { onSuccess: onDone });
  return (
    <Modal
      visible
      header={title}
      closeAriaLabel="Close"
      onDismiss={onDismiss}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={onDismiss}>Cancel</Button>
            <Button variant="primary" loading={save.isPending} onClick={send} data-testid="submit">{submit}</Button>
          </SpaceBetween>
        </Box>
      }
    >
      <form onSubmit={(event) => { event.preventDefault(); send(); }}>
        <div ref={within}>
          <Form>
            <SpaceBetween size="s">
              <FormFailure title={failed} error={save.error} fields={["Name"]} />
              <FormField label="Name" errorText={problemAt(problems, "Name")}>
                <Input autoFocus value={name} onChange={({ detail }) => setName(detail.value)} />
              </FormField>
            </SpaceBetween>
          </Form>
        </div>
      </form>
    </Modal>
  );
}
