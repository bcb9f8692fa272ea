import { lazy, Suspense, useState } from "react";
import { useQuery } from "@tanstack/react-query";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Spinner from "@cloudscape-design/components/spinner";
import { FormFailure } from "../../../forms/FormFailure";
import type { AlertActionView } from "../../../ipc/bindings/AlertActionView";
import type { ScenarioView } from "../../../ipc/bindings/ScenarioView";
import { ErrorState } from "../../../kit/ErrorState";
import { useLiveRun } from "../../../runs/useLiveRun";
import { useStartRun } from "../api/compose";
import { scenariosQuery } from "../api/scenarios";
import { useStepRows } from "../api/useStepRows";
import { writeDelay } from "../model/delay";
import { RunButtons } from "./RunButtons";
import { RunProgress } from "./RunProgress";
import { ScenarioMenu, type Editing } from "./ScenarioMenu";
import { ScenarioRail } from "./ScenarioRail";

/** The editors come with their own code, which publishing does not need. */
const ScenarioDialog = lazy(() => import("./ScenarioDialog"));

/** A named life cycle of one incident: chosen, edited, and published step by step in its own time. */
export function ScenarioPanel({ action }: { action: AlertActionView }) {
  const scenarios = useQuery(scenariosQuery());
  const [name, setName] = useState<string | null>(null);
  const [editing, setEditing] = useState<Editing | null>(null);
  const start = useStartRun();
  const run = useLiveRun(start.data ?? null);
  const rows = useStepRows(run?.run_id ?? null);
  const chosen = scenarios.data?.find((scenario) => scenario.name === name) ?? scenarios.data?.[0];
  const running = start.isPending || run?.state === "running";
  const send = () => chosen && start.mutate({ action_id: action.id, event_types: [], count: null, rate: null, publishers: null, timeout_ms: null, scenario: chosen.name });
  const choose = (next: string | null) => { setName(next); start.reset(); };
  return (
    <Container
      data-testid="scenario-panel"
      header={
        <Header
          variant="h2"
          description={chosen?.description}
          info={chosen && <span className="wb-secondary wb-small">{summary(chosen)}</span>}
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              {chosen && scenarios.data && <ScenarioSelect scenarios={scenarios.data} chosen={chosen} disabled={running} onChoose={choose} />}
              <ScenarioMenu chosen={chosen ?? null} disabled={running} onEdit={setEditing} onDeleted={() => choose(null)} />
              <RunButtons what="scenario" run={run} running={running} onStart={() => void send()} />
            </SpaceBetween>
          }
        >
          Scenario
        </Header>
      }
    >
      <SpaceBetween size="s">
        {scenarios.isPending && <Spinner />}
        {scenarios.isError && <ErrorState title="The scenarios could not be read" error={scenarios.error} onRetry={() => void scenarios.refetch()} />}
        <FormFailure title="The scenario was not started" error={start.error} fields={[]} />
        {chosen && <ScenarioRail steps={chosen.steps} rows={rows} />}
        {run && <RunProgress run={run} listed={false} />}
      </SpaceBetween>
      {editing && <Suspense><ScenarioDialog editing={editing} onDone={(saved) => { setEditing(null); choose(saved); }} onDismiss={() => setEditing(null)} /></Suspense>}
    </Container>
  );
}

const summary = (scenario: ScenarioView) => `one incident, ${scenario.steps.length} steps, ${writeDelay(scenario.duration_ms)} in all`;

interface ScenarioSelectProps {
  scenarios: readonly ScenarioView[];
  chosen: ScenarioView;
  disabled: boolean;
  onChoose: (name: string) => void;
}

function ScenarioSelect({ scenarios, chosen, disabled, onChoose }: ScenarioSelectProps) {
  const options = scenarios.map(({ name, built_in, steps }) => ({ value: name, label: name, description: `${steps.length} steps`, labelTag: built_in ? "built in" : undefined }));
  return (
    <div className="scenario-choice">
      <Select ariaLabel="Scenario" disabled={disabled} options={options} selectedOption={options.find(({ value }) => value === chosen.name) ?? null} onChange={({ detail }) => onChoose(detail.selectedOption.value ?? "")} expandToViewport />
    </div>
  );
}
