import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import RadioGroup from "@cloudscape-design/components/radio-group";
import Select from "@cloudscape-design/components/select";
import type { AlertActionView } from "../../../ipc/bindings/AlertActionView";
import type { EventType } from "../../../ipc/bindings/EventType";
import type { EventTypeInfo } from "../../../ipc/bindings/EventTypeInfo";
import { EVENT_TYPES } from "../../../kit/eventTypes";
import { useMedia } from "../../../kit/useMedia";

interface EventTypeListProps {
  action: AlertActionView;
  known: readonly EventTypeInfo[];
  value: EventType;
  onChange: (type: EventType) => void;
}

const NARROW = "(max-width: 1099px)";

/** The nine event types to choose one from; marks what has no sample and what the action did not choose. */
export function EventTypeList({ action, known, value, onChange }: EventTypeListProps) {
  const narrow = useMedia(NARROW);
  const marks = (type: EventType) => [
    ...(known.find(({ name }) => name === type)?.derived ? ["derived"] : []),
    ...(action.event_types.includes(type) ? [] : ["not chosen"]),
  ];
  const options = EVENT_TYPES.map((type) => ({ value: type, label: type, labelTag: marks(type).join(", ") || undefined }));
  if (narrow) {
    return <Select ariaLabel="Event type" selectedOption={options.find((one) => one.value === value) ?? null} options={options} onChange={({ detail }) => onChange(detail.selectedOption.value as EventType)} />;
  }
  return (
    <Container fitHeight header={<Header variant="h2">Event type</Header>}>
      <RadioGroup
        ariaLabel="Event type"
        value={value}
        onChange={({ detail }) => onChange(detail.value as EventType)}
        items={EVENT_TYPES.map((type) => ({
          value: type,
          label: <span className="publish-type">{type}{marks(type).map((mark) => <span key={mark} className="publish-mark">{mark}</span>)}</span>,
        }))}
      />
      <p className="wb-small wb-secondary">Four samples come from the iLert page. <b>Derived</b> ones are made from them and can be edited.</p>
    </Container>
  );
}
