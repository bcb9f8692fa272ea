import { useState } from "react";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SegmentedControl from "@cloudscape-design/components/segmented-control";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Spinner from "@cloudscape-design/components/spinner";
import { JsonEditor } from "../../../forms/editor/JsonEditor";
import { fieldProblems } from "../../../forms/fieldProblems";
import { FormFailure } from "../../../forms/FormFailure";
import { useCtrlEnter } from "../../../forms/useCtrlEnter";
import type { AlertActionView } from "../../../ipc/bindings/AlertActionView";
import { ErrorState } from "../../../kit/ErrorState";
import { usePublishEvent } from "../api/compose";
import type { ComposerState } from "../model/useComposer";
import { DetailFoot } from "./DetailFoot";
import { DetailForm } from "./DetailForm";
import { PublishedEvent } from "./PublishedEvent";
import { Templates } from "./Templates";

type View = "json" | "form";
const VIEWS = [
  { id: "json", text: "JSON" },
  { id: "form", text: "Form" },
];

/** The detail of one event: an editor, the check of what is typed, and the button that publishes it. */
export function DetailPanel({ action, composer }: { action: AlertActionView; composer: ComposerState }) {
  const { composed, eventType, text, type, reset, edited, check } = composer;
  const [view, setView] = useState<View>("json");
  const publish = usePublishEvent();
  const send = () => publish.mutate({ actionId: action.id, eventType, detail: text }, { onSuccess: () => void (edited || composed.refetch()) });
  const ready = composed.data !== undefined && check?.problem === null && !publish.isPending;
  useCtrlEnter(() => ready && send());
  return (
    <Container
      fitHeight
      header={
        <Header
          variant="h2"
          info={<span className="wb-secondary wb-small">{edited ? "edited" : composed.data?.derived ? "derived, no sample on the iLert page" : "sample of the iLert page"}</span>}
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              <Templates actionId={action.id} composer={composer} />
              <Button iconName="undo" disabled={composed.isFetching} onClick={reset}>Reset</Button>
              <Button variant="primary" disabled={!ready} loading={publish.isPending} onClick={send} data-testid="publish-event">Publish event</Button>
            </SpaceBetween>
          }
        >
          Detail
        </Header>
      }
    >
      <SpaceBetween size="xs">
        {composed.isPending && <div><Spinner /> Preparing the event…</div>}
        {composed.isError && <ErrorState title="The event could not be prepared" error={composed.error} onRetry={() => void composed.refetch()} />}
        {composed.data && <SegmentedControl label="Edit as" selectedId={view} options={VIEWS} onChange={({ detail }) => setView(detail.selectedId as View)} />}
        {composed.data && view === "json" && <JsonEditor label="Detail" value={text} onChange={type} problem={check?.problem ?? null} unusual={check?.differences} maxHeight={250} />}
        {composed.data && view === "form" && <DetailForm text={text} onChange={type} />}
        {composed.data && <DetailFoot check={check} failure={composer.checkFailure} />}
        <FormFailure title="The event was not published" error={publish.error} fields={[]} />
        {publish.data && fieldProblems(publish.error).length === 0 && <PublishedEvent started={publish.data} />}
      </SpaceBetween>
    </Container>
  );
}
