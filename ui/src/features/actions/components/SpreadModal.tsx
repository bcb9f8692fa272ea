import { useState } from "react";
import { useQuery } from "@tanstack/react-query";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Modal from "@cloudscape-design/components/modal";
import Multiselect from "@cloudscape-design/components/multiselect";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { AlertActionView } from "../../../ipc/bindings/AlertActionView";
import { ErrorState } from "../../../kit/ErrorState";
import { sourcesQuery } from "../api/actions";
import { copiesQuery, planQuery } from "../api/transfer";
import { useImport } from "../api/useImport";
import { PlanTable } from "./PlanTable";

interface SpreadModalProps {
  action: AlertActionView;
  onDone: () => void;
  onDismiss: () => void;
}

/** Copies of an alert action on other alert sources; what would be made is shown first. */
export function SpreadModal({ action, onDone, onDismiss }: SpreadModalProps) {
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const any = chosen.length > 0;
  const sources = useQuery(sourcesQuery());
  const copies = useQuery({ ...copiesQuery(action.id, chosen), enabled: any });
  const plan = useQuery({ ...planQuery(copies.data ?? ""), enabled: any && copies.data !== undefined });
  const imports = useImport(onDone);
  const options = (sources.data ?? []).filter(({ name }) => name !== action.alert_source).map(({ name }) => ({ value: name, label: name }));
  const failure = sources.error ?? copies.error ?? plan.error ?? imports.error;
  return (
    <Modal
      visible
      size="large"
      header={`Duplicate ${action.name} to other alert sources`}
      closeAriaLabel="Close"
      onDismiss={onDismiss}
      footer={<Box float="right"><SpaceBetween direction="horizontal" size="xs"><Button variant="link" onClick={onDismiss}>Cancel</Button><Button variant="primary" disabled={!any || !plan.data} loading={imports.isPending} onClick={() => copies.data && imports.start(copies.data)} data-testid="submit">Duplicate</Button></SpaceBetween></Box>}
    >
      <SpaceBetween size="s">
        <FormField label="Alert sources" constraintText="Each gets an alert action of its own, with a partner event source of its own.">
          <Multiselect
            options={options}
            selectedOptions={options.filter(({ value }) => chosen.includes(value))}
            onChange={({ detail }) => setChosen(detail.selectedOptions.flatMap(({ value }) => value ?? []))}
            placeholder="Choose alert sources"
            empty="There is no other alert source."
            keepOpen
            expandToViewport
          />
        </FormField>
        {failure && <ErrorState title="The alert action was not duplicated" error={failure} />}
        {any && plan.data && <PlanTable plan={plan.data} />}
      </SpaceBetween>
    </Modal>
  );
}
