import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs, { type KeyValuePairsProps } from "@cloudscape-design/components/key-value-pairs";
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

/** What was chosen, a group a step, each with the way back to it. */
export function ReviewSummary({ draft, disabled, onEdit }: ReviewSummaryProps) {
  const { action, form } = draft;
  const edit = (step: number) => (
    <Button variant="inline-link" disabled={disabled} ariaLabel={`Edit ${STEPS[step]?.title}`} onClick={() => onEdit(step)}>Edit</Button>
  );
  const group = (step: number, items: KeyValuePairsProps.Pair[]): KeyValuePairsProps.Item => ({
    type: "group",
    title: STEPS[step]?.title,
    items: [...items, { label: "Change it", value: edit(step) }],
  });
  return (
    <Container header={<Header variant="h2">Summary</Header>}>
      <KeyValuePairs
        columns={4}
        items={[
          group(0, [
            { label: "Name", value: action.name },
            { label: "Event types", value: `${TRIGGER_MODES[action.trigger_mode as TriggerMode] ?? action.trigger_mode}, ${typesInWords(action.event_types)}` },
            { label: "AWS account and region", value: <span className="wb-num">{`${action.account} · ${action.region}`}</span> },
          ]),
          group(2, [{ label: "Permissions", value: permissionInWords(form.permission) }]),
          group(3, [
            { label: "Rule name", value: form.rule_name },
            { label: "Event pattern", value: patternInWords(form.pattern) },
          ]),
          group(4, [
            { label: "Queue", value: <span className="wb-wrap">{queueInWords(form.queue)}</span> },
            { label: "Dead-letter queue", value: <span className="wb-wrap">{queueInWords(form.dead_letter)}</span> },
          ]),
        ]}
      />
    </Container>
  );
}
