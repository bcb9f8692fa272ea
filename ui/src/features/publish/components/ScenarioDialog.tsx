import { NEW_SCENARIO, typedOf } from "../model/scenarioForm";
import { ScenarioEditor } from "./ScenarioEditor";
import { ScenarioImport } from "./ScenarioImport";
import type { Editing } from "./ScenarioMenu";

interface ScenarioDialogProps {
  editing: Editing;
  /** The name of what was kept. */
  onDone: (name: string) => void;
  onDismiss: () => void;
}

/** The dialog in which a scenario is written. */
export default function ScenarioDialog({ editing, ...ends }: ScenarioDialogProps) {
  if (editing.what === "import") return <ScenarioImport {...ends} />;
  if (editing.what === "new") return <ScenarioEditor title="New scenario" start={NEW_SCENARIO} replaces={null} {...ends} />;
  const { scenario } = editing;
  if (editing.what === "edit") return <ScenarioEditor title={`Edit ${scenario.name}`} start={typedOf(scenario)} replaces={scenario.name} {...ends} />;
  const start = typedOf(scenario);
  return <ScenarioEditor title={`Duplicate ${scenario.name}`} start={{ ...start, name: `${scenario.name} copy` }} replaces={null} {...ends} />;
}
