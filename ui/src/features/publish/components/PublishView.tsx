import { useQuery } from "@tanstack/react-query";
import Header from "@cloudscape-design/components/header";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { AlertActionView } from "../../../ipc/bindings/AlertActionView";
import { formDefaultsQuery } from "../../../forms/action/queries";
import { navigate } from "../../../router/location";
import { paths } from "../../../router/paths";
import { useComposer } from "../model/useComposer";
import { DetailPanel } from "./DetailPanel";
import { EventTypeList } from "./EventTypeList";
import { NotSetUp } from "./NotSetUp";
import { RunPanel } from "./RunPanel";
import { ScenarioPanel } from "./ScenarioPanel";
import "../publish.css";

/** Publishing through one alert action: one event as composed, or a run of many. */
export function PublishView({ action, actions }: { action: AlertActionView; actions: readonly AlertActionView[] }) {
  const composer = useComposer(action.id);
  const defaults = useQuery(formDefaultsQuery());
  const known = defaults.data?.event_types ?? [];
  return (
    <SpaceBetween size="xs">
      <Header
        variant="h1"
        description={<>To partner event source <span className="wb-mono" title={action.partner_source}>{telling(action.partner_source)}</span>, as the partner. On real AWS only a rehearsal or a real alert is possible.</>}
        actions={
          <div className="publish-action">
            <Select
              ariaLabel="Alert action"
              selectedOption={{ value: action.id, label: action.name }}
              options={actions.map(({ id, name, alert_source }) => ({ value: id, label: name, description: alert_source }))}
              onChange={({ detail }) => navigate(paths.publish(detail.selectedOption.value), { replace: true })}
            />
          </div>
        }
      >
        Publish
      </Header>
      {action.chain !== "complete" && <NotSetUp action={action} />}
      <ScenarioPanel action={action} />
      <div className="publish-columns">
        <EventTypeList action={action} known={known} value={composer.eventType} onChange={composer.setEventType} />
        <DetailPanel action={action} composer={composer} />
      </div>
      <RunPanel action={action} known={known} />
    </SpaceBetween>
  );
}

/** A source's name with its unique part cut to the first eight characters; whole on hover. */
const telling = (name: string) => name.replace(/([0-9a-f]{8})-[0-9a-f-]{27}$/, "$1…");
