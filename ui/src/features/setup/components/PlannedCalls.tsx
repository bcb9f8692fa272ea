import type { ReactNode } from "react";
import type { StepView } from "../../../ipc/bindings/StepView";
import { Code } from "../../../kit/Code";
import { Glyph } from "../../../kit/Glyph";
import { callLook } from "../model/callWords";
import "../setup.css";

interface PlannedCallsProps {
  steps: readonly StepView[];
  /** Each call opens to the JSON of its request. */
  inputs?: boolean;
}

/** AWS calls in order, each with what it is for, and what it found or did. */
export function PlannedCalls({ steps, inputs = false }: PlannedCallsProps) {
  return (
    <ol className="calls">
      {steps.map((step, index) => (
        <li key={step.id} data-testid={`call-${step.id}`} data-status={step.status}>
          {inputs ? <OpenableCall number={index + 1} step={step} /> : <CallRow number={index + 1} step={step} />}
        </li>
      ))}
    </ol>
  );
}

function OpenableCall({ number, step }: { number: number; step: StepView }) {
  return (
    <details>
      <summary><CallRow number={number} step={step} openable /></summary>
      <div className="call-more">
        {step.request_id && <div className="wb-small wb-secondary">Request id <span className="wb-mono">{step.request_id}</span></div>}
        <Code label={`Input of ${step.call}`} maxHeight={260}>{step.input}</Code>
      </div>
    </details>
  );
}

function CallRow({ number, step, openable = false }: { number: number; step: StepView; openable?: boolean }) {
  const look = callLook(step);
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
