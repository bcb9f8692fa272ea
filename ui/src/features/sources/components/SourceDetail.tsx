import { useState } from "react";
import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Tabs from "@cloudscape-design/components/tabs";
import type { AlertSourceDetail } from "../../../ipc/bindings/AlertSourceDetail";
import { navigate, useLocation } from "../../../router/location";
import { paths } from "../../../router/paths";
import { IncidentsTab } from "./IncidentsTab";
import { SourceActionsTable } from "./SourceActionsTable";
import { SourceDialog, type SourceAsk } from "./SourceDialog";

/** Title, what can be done with the source, and its two tabs, as in iLert. */
export function SourceDetail({ detail }: { detail: AlertSourceDetail }) {
  const { source, actions } = detail;
  const [asked, setAsked] = useState<SourceAsk | null>(null);
  const tab = useLocation().query.get("tab") === "incidents" ? "incidents" : "actions";
  return (
    <SpaceBetween size="s">
      <Header
        variant="h1"
        description={`Alert source ${source.id}`}
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            <Button onClick={() => setAsked({ ask: "rename", source })}>Rename…</Button>
            <Button onClick={() => setAsked({ ask: "delete", source })}>Delete…</Button>
          </SpaceBetween>
        }
      >
        {source.name}
      </Header>
      <Tabs
        ariaLabel="Alert source"
        activeTabId={tab}
        onChange={({ detail: { activeTabId } }) => navigate(paths.source(source.id, activeTabId as "actions" | "incidents"), { replace: true })}
        tabs={[
          { id: "actions", label: `Alert actions (${actions.length})`, content: <SourceActionsTable sourceId={source.id} actions={actions} /> },
          { id: "incidents", label: `Incidents (${source.open_incidents} open)`, content: <IncidentsTab detail={detail} /> },
        ]}
      />
      <SourceDialog asked={asked} onClose={() => setAsked(null)} onDeleted={() => navigate(paths.sources())} />
    </SpaceBetween>
  );
}
