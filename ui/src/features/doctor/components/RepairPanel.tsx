import CopyToClipboard from "@cloudscape-design/components/copy-to-clipboard";
import type { AlertActionView } from "../../../ipc/bindings/AlertActionView";
import type { RepairView } from "../../../ipc/bindings/RepairView";
import { useEnvironment } from "../../../ipc/queries/useEnvironment";
import { awsCommands } from "../model/cli";
import { RepairStep } from "./RepairStep";

interface RepairPanelProps {
  action: AlertActionView;
  repair: RepairView;
}

/** The change that would mend it, request by request. */
export function RepairPanel({ action, repair }: RepairPanelProps) {
  const environment = useEnvironment().data;
  const commands = awsCommands(repair.steps, { region: action.region, endpoint: environment?.endpoint ?? null });
  return (
    <section className="repair" aria-label="Repair">
      <div className="repair-head"><b>Repair</b> <span className="wb-secondary">{repair.sentence}</span></div>
      {repair.steps.map((step, index) => <RepairStep key={index} step={step} number={repair.steps.length > 1 ? index + 1 : null} />)}
      <div className="repair-foot">
        <CopyToClipboard variant="button" copyButtonText="Copy as AWS CLI" textToCopy={commands} copySuccessText="Copied" copyErrorText="Could not copy" />
        <span className="wb-small wb-secondary">{`${callsText(repair)} Recorded in Activity; can be undone.`}</span>
      </div>
    </section>
  );
}

function callsText({ steps }: RepairView): string {
  const names = steps.map((step) => step.call.split(":")[1] ?? step.call);
  return names.length === 1 ? `One call, ${names[0]}.` : `${names.length} calls: ${names.join(", ")}.`;
}
