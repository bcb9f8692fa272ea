import CopyToClipboard from "@cloudscape-design/components/copy-to-clipboard";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import type { SandboxStatus } from "../../../ipc/bindings/SandboxStatus";

const PERMISSIONS: Record<string, string> = {
  today: "Refused, as AWS does today",
  "2021": "Accepted, as AWS did in 2021",
};

/** What is known of the sandbox. */
export function SandboxFacts({ sandbox }: { sandbox: SandboxStatus }) {
  const number = (text: string) => <span className="wb-num">{text}</span>;
  return (
    <KeyValuePairs
      columns={3}
      items={[
        { label: "State", value: sandbox.alive ? <StatusIndicator type="success">Answers</StatusIndicator> : <StatusIndicator type="error">Does not answer</StatusIndicator> },
        { label: "Endpoint", value: <CopyToClipboard variant="inline" copyButtonAriaLabel="Copy" textToCopy={sandbox.endpoint} copySuccessText="Copied" copyErrorText="Could not copy" /> },
        { label: "Process", value: number(String(sandbox.pid)) },
        { label: "Customer account", value: number(sandbox.account) },
        { label: "Partner account", value: number(sandbox.partner_account) },
        { label: "Default region", value: sandbox.region },
        { label: "Organization", value: number(sandbox.organization_id) },
        { label: "Partner bus permissions", value: PERMISSIONS[sandbox.partner_bus_permissions] ?? sandbox.partner_bus_permissions },
        { label: "Kept in", value: <span className="wb-wrap">{sandbox.file ?? "Nowhere: it forgets everything when it ends"}</span> },
      ]}
    />
  );
}
