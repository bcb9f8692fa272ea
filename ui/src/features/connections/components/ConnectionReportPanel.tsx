import Alert from "@cloudscape-design/components/alert";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import type { ConnectionReport } from "../../../ipc/bindings/ConnectionReport";
import type { EndpointView } from "../../../ipc/bindings/EndpointView";
import { TimeText } from "../../../kit/TimeText";

function Endpoint({ endpoint }: { endpoint: EndpointView }) {
  return (
    <>
      <div className="wb-mono wb-wrap">{endpoint.url ?? "No endpoint in this region"}</div>
      {endpoint.warning && <StatusIndicator type="warning">{endpoint.warning}</StatusIndicator>}
    </>
  );
}

/** Who AWS takes the caller for, how long that holds, and where requests really go. */
export function ConnectionReportPanel({ report }: { report: ConnectionReport }) {
  return (
    <Container data-testid="connection-report" header={<Header variant="h2" description="Asked of AWS just now; nothing was written.">{`Connection ${report.name}`}</Header>}>
      <SpaceBetween size="s">
        {report.trouble && <Alert type="error" header="The connection cannot be used as it is">{report.trouble}</Alert>}
        <KeyValuePairs
          columns={4}
          items={[
            { label: "Account", value: report.account ?? "Not known" },
            { label: "Caller", value: <span className="wb-wrap">{report.arn ?? "Not known"}</span> },
            { label: "Credentials hold until", value: report.credentials_until ? <TimeText at={report.credentials_until} show="date-time" /> : "No end is known" },
            { label: "Partner's calls", value: report.plays_partner ? "The caller may make them" : "Only the partner's own account" },
            ...report.endpoints.map((endpoint) => ({ label: endpoint.service, value: <Endpoint endpoint={endpoint} /> })),
          ]}
        />
      </SpaceBetween>
    </Container>
  );
}
