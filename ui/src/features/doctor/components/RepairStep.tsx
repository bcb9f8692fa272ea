import { useState } from "react";
import type { RepairStepView } from "../../../ipc/bindings/RepairStepView";
import { Code } from "../../../kit/Code";
import { changeLines, isLong } from "../model/change";

/** One request of a repair: what is there before and after, as lines that come and go; and the request itself. */
export function RepairStep({ step, number }: { step: RepairStepView; number: number | null }) {
  const [whole, setWhole] = useState(false);
  const changes = step.difference.length > 0;
  return (
    <div className="repair-step">
      <div className="evidence-head">
        <b className="wb-mono">{number === null ? step.call : `${number}. ${step.call}`}</b>
        <span className="wb-secondary">{targetOf(step)}</span>
      </div>
      <Code label={`Change by ${step.call}`} wrap maxHeight={300}>{changes ? changeLines(step.difference, whole) : step.input}</Code>
      <div className="repair-more">
        {isLong(step.difference) && <button type="button" className="doctor-link" onClick={() => setWhole(!whole)}>{whole ? "Show only what changes" : `Show all ${step.difference.length} lines`}</button>}
        {changes && <details><summary>Request</summary><Code label={`Request of ${step.call}`} wrap maxHeight={220}>{step.input}</Code></details>}
        <details><summary>What undoes it: <span className="wb-mono">{step.undo_call}</span></summary><Code label={`Undo by ${step.undo_call}`} wrap maxHeight={220}>{step.undo_input}</Code></details>
      </div>
    </div>
  );
}

/** What the request is about, by its name. */
function targetOf({ input }: RepairStepView): string {
  const { QueueName, Rule, Name } = JSON.parse(input) as { QueueName?: string; Rule?: string; Name?: string };
  return QueueName ?? Rule ?? Name ?? "";
}
