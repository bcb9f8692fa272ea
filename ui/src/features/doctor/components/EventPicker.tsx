import { useEffect, useState } from "react";
import { useQuery } from "@tanstack/react-query";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SegmentedControl from "@cloudscape-design/components/segmented-control";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { JsonEditor } from "../../../forms/editor/JsonEditor";
import type { AlertActionView } from "../../../ipc/bindings/AlertActionView";
import { parseJson, printJson } from "../../../kit/diff/json";
import { samplesQuery } from "../api/rules";
import { PickDelivery } from "./PickDelivery";
import { PickSample } from "./PickSample";

interface EventPickerProps {
  action: AlertActionView;
  /** The delivery that is asked about, if it is one. */
  delivery: string | null;
  event: string;
  onEvent: (event: string) => void;
}

type From = "sample" | "delivery" | "own";

const WAYS = [
  { id: "sample", text: "Sample" },
  { id: "delivery", text: "From deliveries" },
  { id: "own", text: "Pasted" },
];

/** Which event is tried: a sample of its type, one that was published, or any that is pasted. */
export function EventPicker({ action, delivery, event, onEvent }: EventPickerProps) {
  const [from, setFrom] = useState<From>(delivery === null ? "sample" : "delivery");
  const samples = useQuery(samplesQuery(action.id));
  const first = samples.data?.[0]?.envelope;
  useEffect(() => {
    if (event === "" && delivery === null && first !== undefined) onEvent(laidOut(first));
  }, [delivery, event, first, onEvent]);
  const type = (text: string) => {
    // The editor also tells what was put into it from here.
    if (text === event) return;
    setFrom("own");
    onEvent(text);
  };
  return (
    <Container header={<Header variant="h2" description="An envelope, as it is on the event bus">Event</Header>}>
      <SpaceBetween size="xs">
        <SegmentedControl label="Which event" selectedId={from} options={WAYS} onChange={({ detail }) => setFrom(detail.selectedId as From)} />
        {from === "sample" && <PickSample samples={samples} onPick={(text) => onEvent(laidOut(text))} />}
        {from === "delivery" && <PickDelivery actionId={action.id} first={delivery} onPick={(text) => onEvent(laidOut(text))} />}
        <JsonEditor label="Event" value={event} onChange={type} problem={null} maxHeight={360} />
      </SpaceBetween>
    </Container>
  );
}

/** JSON laid out for reading, number for number as it came; what is no JSON stays. */
function laidOut(text: string): string {
  const json = parseJson(text);
  return json ? printJson(json).join("\n") : text;
}
