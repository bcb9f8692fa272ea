import { useState } from "react";
import { useQuery } from "@tanstack/react-query";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Spinner from "@cloudscape-design/components/spinner";
import { FaultMark } from "../../../faults/FaultMark";
import { activeFaultsQuery, faultsQuery, useHasFaultLab, useResetFaults } from "../../../faults/faults";
import { actionsQuery } from "../../../forms/action/queries";
import type { AlertActionView } from "../../../ipc/bindings/AlertActionView";
import { EmptyState } from "../../../kit/EmptyState";
import { ErrorState } from "../../../kit/ErrorState";
import { Link } from "../../../kit/Link";
import { useNotify } from "../../../notify/NotifyContext";
import { paths } from "../../../router/paths";
import { FaultGroups } from "./FaultGroups";

/** Breaks a chain of the sandbox on purpose; there is none on any other connection. */
export function FaultLab() {
  const here = useHasFaultLab();
  const actions = useQuery({ ...actionsQuery(), enabled: here });
  const [chosen, choose] = useState<string | null>(null);
  if (!here) return null;
  const standing = actions.data?.filter((action) => action.chain === "complete") ?? [];
  const action = standing.find((one) => one.id === chosen) ?? standing[0];
  return (
    <div className="fault-lab" id="fault-lab" data-testid="fault-lab">
      <Container header={<LabHeader actions={standing} action={action} onChoose={choose} />}>
        {actions.isError && <ErrorState title="The alert actions could not be read" error={actions.error} onRetry={() => void actions.refetch()} />}
        {actions.isPending && <div><Spinner /> Reading the alert actions…</div>}
        {actions.data && !action && <EmptyState title="No chain to break" action={<Link href={paths.overview()}>Run the nine-event proof first</Link>}>A fault needs a chain whose set-up is finished.</EmptyState>}
        {action && <Faults key={action.id} action={action} />}
      </Container>
    </div>
  );
}

interface LabHeaderProps {
  actions: readonly AlertActionView[];
  action: AlertActionView | undefined;
  onChoose: (id: string | null) => void;
}

function LabHeader({ actions, action, onChoose }: LabHeaderProps) {
  const active = useQuery(activeFaultsQuery()).data ?? [];
  const reset = useResetFaults();
  const notify = useNotify();
  return (
    <Header
      variant="h2"
      info={<span className="fault-tag"><FaultMark />Sandbox only</span>}
      description="Breaks a chain on purpose, as AWS, iLert or somebody else would. Then ask the doctor. Nothing of this exists on AWS."
      actions={
        <SpaceBetween direction="horizontal" size="xs">
          {action && (
            <div className="fault-action">
              <Select
                ariaLabel="Chain to break"
                selectedOption={{ value: action.id, label: action.name }}
                options={actions.map(({ id, name }) => ({ value: id, label: name }))}
                onChange={({ detail }) => onChoose(detail.selectedOption.value ?? null)}
              />
            </div>
          )}
          <Button
            iconName="undo"
            disabled={active.length === 0}
            loading={reset.isPending}
            onClick={() => reset.mutate(null, { onError: (error) => notify.fail("The faults were not reset", error, "faults") })}
            data-testid="reset-all"
          >
            {active.length === 0 ? "Reset all" : `Reset all (${active.length})`}
          </Button>
        </SpaceBetween>
      }
    >
      Fault lab
    </Header>
  );
}

function Faults({ action }: { action: AlertActionView }) {
  const faults = useQuery(faultsQuery(action.id));
  if (faults.isPending) return <div><Spinner /> Asking the fault lab…</div>;
  if (faults.isError) return <ErrorState title="The fault lab does not answer" error={faults.error} onRetry={() => void faults.refetch()} />;
  return <FaultGroups action={action} faults={faults.data} />;
}
