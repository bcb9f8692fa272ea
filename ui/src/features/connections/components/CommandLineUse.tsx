import CopyToClipboard from "@cloudscape-design/components/copy-to-clipboard";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { SandboxStatus } from "../../../ipc/bindings/SandboxStatus";
import { useEnvironment } from "../../../ipc/queries/useEnvironment";
import { Code } from "../../../kit/Code";

/** How the AWS CLI and SDKs reach the sandbox; the keys are named, never shown. */
export function CommandLineUse({ sandbox }: { sandbox: SandboxStatus }) {
  const folder = useEnvironment().data?.data_dir ?? "";
  const text = commands(sandbox, `${folder}/sandbox-keys.json`);
  return (
    <ExpandableSection headerText="Use it with the AWS CLI" headerDescription="Any AWS SDK works the same way: the endpoint URL, the region, and the sandbox's own keys.">
      <SpaceBetween size="xs">
        <div className="wb-secondary wb-small">
          The keys lie in <span className="wb-mono">sandbox-keys.json</span> in the data folder. They are worth nothing outside this computer and are never shown here.
        </div>
        <Code label="Commands for the AWS CLI" numbers={false}>{text}</Code>
        <CopyToClipboard variant="button" copyButtonText="Copy" textToCopy={text} copySuccessText="Copied" copyErrorText="Could not copy" />
      </SpaceBetween>
    </ExpandableSection>
  );
}

function commands({ endpoint, region }: SandboxStatus, keys: string): string {
  return [
    `KEYS='${keys.replaceAll("'", `'\\''`)}'`,
    `export AWS_ACCESS_KEY_ID="$(jq -r .access_key_id "$KEYS")"`,
    `export AWS_SECRET_ACCESS_KEY="$(jq -r .secret_access_key "$KEYS")"`,
    `export AWS_ENDPOINT_URL=${endpoint} AWS_REGION=${region}`,
    "aws events list-event-sources",
    "aws sqs list-queues",
  ].join("\n");
}
