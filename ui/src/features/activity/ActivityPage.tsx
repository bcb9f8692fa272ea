import { useState } from "react";
import Container from "@cloudscape-design/components/container";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { Page } from "../../app/frame/Page";
import type { CallView } from "../../ipc/bindings/CallView";
import { ErrorState } from "../../kit/ErrorState";
import { paths } from "../../router/paths";
import { useCalls } from "./api/useCalls";
import { ActivityHeader } from "./components/ActivityHeader";
import { CallList } from "./components/CallList";
import { CallPanel } from "./components/CallPanel";
import { CallFilterField } from "./components/CallFilterField";
import { NO_CALL_FILTER } from "./model/callFilter";
import "./activity.css";

const CRUMBS = [{ text: "Activity", href: paths.activity() }];

/** Every AWS call that wrote something. */
export default function ActivityPage() {
  const [filter, setFilter] = useState(NO_CALL_FILTER);
  const [selected, setSelected] = useState<CallView | null>(null);
  const calls = useCalls(filter);
  return (
    <Page crumbs={CRUMBS} contentType="table" split={selected && <CallPanel call={selected} />} onSplitClose={() => setSelected(null)}>
      <SpaceBetween size="xs">
        <ActivityHeader filter={filter} count={calls.rows.length} isWhole={!calls.hasNextPage} isRead={calls.isSuccess} />
        <Container>
          <div className="activity-filter"><CallFilterField filter={filter} onChange={setFilter} operations={calls.operations} /></div>
          {calls.error ? (
            <ErrorState title="The calls could not be read" error={calls.error} onRetry={() => void calls.refetch()} />
          ) : (
            <CallList calls={calls} filter={filter} selected={selected} onSelect={setSelected} onClear={() => setFilter(NO_CALL_FILTER)} />
          )}
        </Container>
      </SpaceBetween>
    </Page>
  );
}
