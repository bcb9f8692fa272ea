import ExpandableSection from "@cloudscape-design/components/expandable-section";
import type { StepView } from "../../../ipc/bindings/StepView";
import { Code } from "../../../kit/Code";
import { Glyph } from "../../../kit/Glyph";
import { callLook } from "../model/callWords";
import "../setup.css";

interface PlannedCallsProps {
  steps: readonly StepView[];
  /** Shows the JSON of each request, folded. */
  inputs?: boolean;
}

/** AWS calls in order, each with what it is for, and what it found or did. */
export function PlannedCalls({ steps, inputs = false }: PlannedCallsProps) {
  return (
    <ol className="calls">
      {steps.map((step, index) => <PlannedCall key={step.id} number={index + 1} step={step} inputs={inputs} />)}
    </ol>
  );
}

function PlannedCall({ number, step, inputs }: { number: number; step: StepView; inputs: boolean }) {
  const look = callLook(step);
  return (
    <li data-testid={`call-${step.id}`} data-status={step.status}>
      <div className="call">
        <span className="call-number" aria-hidden>{number}</span>
        <span className="wb-mono call-name">{step.call}</span>
        <span>{step.summary}</span>
        <span className={`call-status t-${look.tone}`}><Glyph verdict={look.sign} />{look.beside}</span>
      </div>
      {look.below && <div className="call-more wb-small wb-secondary wb-wrap">{look.below}</div>}
      {inputs && (
        <div className="call-more">
          <ExpandableSection variant="inline" headerText={step.request_id ? `Request ${step.request_id}` : "Request"} headerAriaLabel={`Request of ${step.call}`}>
            <Code label={`Input of ${step.call}`} maxHeight={260}>{step.input}</Code>
          </ExpandableSection>
        </div>
      )}
    </li>
  );
}
