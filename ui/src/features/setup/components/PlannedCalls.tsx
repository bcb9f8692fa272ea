import type { ReactNode } from "react";
import type { StepView } from "../../../ipc/bindings/StepView";
import { Code } from "../../../kit/Code";
import { DiffView } from "../../../kit/diff/DiffView";
import { Glyph } from "../../../kit/Glyph";
import { callLook } from "../model/callWords";
import "../setup.css";

interface PlannedCallsProps {
  steps: readonly StepView[];
  /** Each call opens to the JSON of its request. */
  inputs?: boolean;
  /** Nothing was called yet but what reads. */
  planned: boolean;
}

/** AWS calls in order, each with what it is for, and what it found or did. */
export function PlannedCalls({ steps, planned, inputs = false }: PlannedCallsProps) {
  return (
    <ol className="calls">
      {steps.map((step, index) => (
        <li key={step.id} data-testid={`call-${step.id}`} data-status={step.status}>
          {inputs ? <OpenableCall number={index + 1} step={step} planned={planned} /> : <CallRow number={index + 1} step={step} planned={planned} />}
        </li>
      ))}
    </ol>
  );
}

interface CallProps {
  number: number;
  step: StepView;
  planned: boolean;
}

function OpenableCall(props: CallProps) {
  const { step } = props;
  return (
    <details>
      <summary><CallRow {...props} openable /></summary>
      <div className="call-more">
        {step.request_id && <div className="wb-small wb-secondary">Request id <span className="wb-mono">{step.request_id}</span></div>}
        {step.replaces && <DiffView left={{ title: "On AWS now", text: step.replaces.before }} right={{ title: "Afterwards", text: step.replaces.after }} />}
        <Code label={`Input of ${step.call}`} maxHeight={260}>{step.input}</Code>
      </div>
    </details>
  );
}

function CallRow({ number, step, planned, openable = false }: CallProps & { openable?: boolean }) {
  const look = callLook(step, planned);
  return (
    <>
      <div className="call">
        <span className="call-number" aria-hidden>{number}</span>
        <span className="wb-mono call-name"><CallName call={step.call} />{openable && <Chevron />}</span>
        <span className="wb-wrap">{step.summary}</span>
        <span className={`call-status t-${look.tone}`}><Glyph verdict={look.sign} />{look.beside}</span>
      </div>
      {look.below && <div className="call-more wb-small wb-secondary wb-wrap">{look.below}</div>}
    </>
  );
}

/** May break after the service, never inside a word. */
function CallName({ call }: { call: string }) {
  const [service, operation] = call.split(":", 2);
  return operation === undefined ? service : <>{service}:<wbr />{operation}</>;
}

function Chevron(): ReactNode {
  return <svg className="call-chevron" width="9" height="9" viewBox="0 0 10 10" fill="none" stroke="currentColor" strokeWidth="2" aria-hidden><path d="m3 1.5 3.5 3.5L3 8.5" /></svg>;
}
