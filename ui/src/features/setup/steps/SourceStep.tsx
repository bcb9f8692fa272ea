import { useQuery } from "@tanstack/react-query";
import Container from "@cloudscape-design/components/container";
import CopyToClipboard from "@cloudscape-design/components/copy-to-clipboard";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Spinner from "@cloudscape-design/components/spinner";
import { formatLeft } from "../../../kit/format";
import { ErrorState } from "../../../kit/ErrorState";
import { useNow } from "../../../kit/useNow";
import { chainQuery } from "../../../chains/chainQuery";
import { LinkWord } from "../components/LinkWord";
import type { StepProps } from "./StepContent";

/** Step 2: the partner event source that the alert action made, as AWS shows it. */
export function SourceStep({ actionId }: StepProps) {
  const chain = useQuery(chainQuery(actionId));
  const source = chain.data?.links.find((link) => link.kind === "partner_source");
  return (
    <Container header={<Header variant="h2" description="In the AWS console: Amazon EventBridge → Partner event sources.">Partner event source</Header>}>
      {chain.isPending && <div><Spinner /> Reading the partner event source…</div>}
      {chain.isError && <ErrorState title="The partner event source could not be read" error={chain.error} onRetry={() => void chain.refetch()} />}
      {source && chain.data && (
        <SpaceBetween size="s">
          <KeyValuePairs
            columns={2}
            items={[
              { label: "Name", value: <CopyToClipboard variant="inline" copyButtonAriaLabel="Copy" textToCopy={source.name} copySuccessText="Copied" copyErrorText="Could not copy" /> },
              { label: "State", value: <span data-testid="source-state"><LinkWord link={source} /></span> },
              { label: "AWS account and region", value: <span className="wb-num">{`${chain.data.action.account} · ${chain.data.action.region}`}</span> },
              { label: "Expires", value: chain.data.expires_at ? <Expiry at={chain.data.expires_at} /> : "Does not expire" },
            ]}
          />
          <div>{source.sentence}</div>
          {chain.data.unread && <div className="t-warn">{chain.data.unread}</div>}
        </SpaceBetween>
      )}
    </Container>
  );
}

function Expiry({ at }: { at: string }) {
  const left = Date.parse(at) - useNow(1000);
  return <time dateTime={at} title={at} className="wb-num">{left > 0 ? `in ${formatLeft(left)}` : "expired"}</time>;
}
