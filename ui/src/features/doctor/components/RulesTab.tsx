import { useState } from "react";
import { useQuery } from "@tanstack/react-query";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import { useDebounced } from "../../../forms/useDebounced";
import type { AlertActionView } from "../../../ipc/bindings/AlertActionView";
import { rulesQuery } from "../api/rules";
import { EventPicker } from "./EventPicker";
import { RuleMatches } from "./RuleMatches";

const PAUSE_MS = 350;

/** One event against every rule of the bus: what takes it, what does not, and which field is why. */
export default function RulesTab({ action, delivery }: { action: AlertActionView; delivery: string | null }) {
  const [event, setEvent] = useState("");
  const [asked, setAsked] = useState("");
  const steady = useDebounced(event, PAUSE_MS);
  const askAws = steady !== "" && asked === steady;
  const rules = useQuery(rulesQuery(action.id, steady, askAws));
  return (
    <div className="rules-columns">
      <EventPicker action={action} delivery={delivery} event={event} onEvent={setEvent} />
      <Container
        data-testid="rules"
        header={
          <Header
            variant="h2"
            description="Tried by Waybill on every rule of the event bus; AWS is asked on demand."
            actions={<Button iconName="refresh" disabled={steady === ""} loading={askAws && rules.isFetching} onClick={() => (askAws ? void rules.refetch() : setAsked(steady))} data-testid="ask-aws">Ask AWS too</Button>}
          >
            Rules
          </Header>
        }
      >
        <RuleMatches rules={rules} asked={askAws} />
      </Container>
    </div>
  );
}
