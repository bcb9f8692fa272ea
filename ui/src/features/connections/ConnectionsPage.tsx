import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { Page } from "../../app/frame/Page";
import { paths } from "../../router/paths";
import { ConnectionsTable } from "./components/ConnectionsTable";
import { DataFolder } from "./components/DataFolder";
import { FaultLab } from "./components/FaultLab";
import { SandboxPanel } from "./components/SandboxPanel";
import "./connections.css";

const CRUMBS = [{ text: "Connections & sandbox", href: paths.connections() }];

/** Which AWS Waybill talks to, the embedded sandbox, and where everything is kept. */
export default function ConnectionsPage() {
  return (
    <Page crumbs={CRUMBS}>
      <div data-testid="view-connections">
        <SpaceBetween size="s">
          <Header variant="h1" description="The same AWS SDK talks to every connection; the sandbox is the one that is always there.">Connections & sandbox</Header>
          <SandboxPanel />
          <FaultLab />
          <ConnectionsTable />
          <DataFolder />
        </SpaceBetween>
      </div>
    </Page>
  );
}
