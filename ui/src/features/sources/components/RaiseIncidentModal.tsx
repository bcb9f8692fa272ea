import { useState } from "react";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Textarea from "@cloudscape-design/components/textarea";
import { fieldProblems, problemAt } from "../../../forms/fieldProblems";
import { FormFailure } from "../../../forms/FormFailure";
import { useFocusProblem } from "../../../forms/useFocusProblem";
import type { AlertSourceView } from "../../../ipc/bindings/AlertSourceView";
import type { IncidentStepReport } from "../../../ipc/bindings/IncidentStepReport";
import { useRaiseIncident } from "../api/incidents";

interface RaiseIncidentModalProps {
  source: AlertSourceView;
  onDone: (report: IncidentStepReport) => void;
  onDismiss: () => void;
}

/** Raises an incident: its event `incident-created` is published at once. */
export function RaiseIncidentModal({ source, onDone, onDismiss }: RaiseIncidentModalProps) {
  const [summary, setSummary] = useState("");
  const [details, setDetails] = useState("");
  const raise = useRaiseIncident(source.id);
  const problems = fieldProblems(raise.error);
  const within = useFocusProblem(problems);
  return (
    <Modal
      visible
      header={`Raise an incident on ${source.name}`}
      closeAriaLabel="Close"
      onDismiss={onDismiss}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={onDismiss}>Cancel</Button>
            <Button variant="primary" loading={raise.isPending} onClick={() => raise.mutate({ summary, details }, { onSuccess: onDone })} data-testid="submit">
              Raise incident
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <div ref={within}>
        <SpaceBetween size="s">
          <FormFailure title="The incident was not raised" error={raise.error} fields={["Summary", "Details"]} />
          <FormField label="Summary" errorText={problemAt(problems, "Summary")}>
            <Input autoFocus value={summary} onChange={({ detail }) => setSummary(detail.value)} />
          </FormField>
          <FormField label={<>Details <i>- optional</i></>} errorText={problemAt(problems, "Details")}>
            <Textarea value={details} rows={4} onChange={({ detail }) => setDetails(detail.value)} />
          </FormField>
        </SpaceBetween>
      </div>
    </Modal>
  );
}
