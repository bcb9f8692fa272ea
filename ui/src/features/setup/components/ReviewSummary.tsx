import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import { TRIGGER_MODES, typesInWords } from "../../../forms/action/words";
import type { SetupDraft } from "../../../ipc/bindings/SetupDraft";
import type { TriggerMode } from "../../../ipc/bindings/TriggerMode";
import { patternInWords, permissionInWords, queueInWords } from "../model/formWords";
import { STEPS } from "../model/steps";

interface ReviewSummaryProps {
  draft: SetupDraft;
  disabled: boolean;
  onEdit: (step: number) => void;
}

/** What was chosen, a line a step, each with the way back to it. */
export function ReviewSummary({ draft, disabled, onEdit }: ReviewSummaryProps) {
  return (
    <Container header={<Header variant="h2">Summary</Header>}>
      <dl className="summary">
        {chosen(draft).map(([step, words]) => (
          <div key={step}>
            <dt>{STEPS[step]?.title}</dt>
            <dd className="wb-wrap">{words.join(" · ")}</dd>
            <dd><Button variant="inline-link" disabled={disabled} ariaLabel={`Edit ${STEPS[step]?.title}`} onClick={() => onEdit(step)}>Edit</Button></dd>
          </div>
        ))}
      </dl>
    </Container>
  );
}

function chosen({ action, form }: SetupDraft): [number, string[]][] {
  const mode = TRIGGER_MODES[action.trigger_mode as TriggerMode] ?? action.trigger_mode;
  return [
    [0, [action.name, action.alert_source, mode, typesInWords(action.event_types), action.account, action.region]],
    [2, [permissionInWords(form.permission)]],
    [3, [form.rule_name, patternInWords(form.pattern)]],
    [4, [queueInWords(form.queue), `Dead-letter queue: ${queueInWords(form.dead_letter)}`]],
  ];
}
