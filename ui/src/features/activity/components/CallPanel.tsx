import CopyToClipboard from "@cloudscape-design/components/copy-to-clipboard";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import SplitPanel from "@cloudscape-design/components/split-panel";
import type { CallView } from "../../../ipc/bindings/CallView";
import { Code } from "../../../kit/Code";
import { TimeText } from "../../../kit/TimeText";

const LABELS = { closeButtonAriaLabel: "Close the call", openButtonAriaLabel: "Open the call", preferencesTitle: "Panel", resizeHandleAriaLabel: "Resize the panel" };

/** One call: who, when, what came of it, and its whole input. */
export function CallPanel({ call }: { call: CallView }) {
  return (
    <SplitPanel header={`${call.service}:${call.operation}`} closeBehavior="hide" hidePreferencesButton i18nStrings={LABELS}>
      <SpaceBetween size="s">
        {call.error !== null && <div className="t-bad wb-wrap" role="status">{call.error}</div>}
        <KeyValuePairs
          columns={4}
          items={[
            { label: "Time", value: <TimeText at={call.at} show="date-time" /> },
            { label: "Connection", value: `${call.connection}, ${call.region}` },
            { label: "Credentials", value: call.who },
            { label: "Request id", value: call.request_id === null ? "AWS did not answer" : <RequestId id={call.request_id} /> },
          ]}
        />
        <div className="activity-input">
          <div className="panel-title">Input</div>
          <CopyToClipboard copyButtonText="Copy JSON" copySuccessText="Copied" copyErrorText="Could not copy" textToCopy={call.input} />
        </div>
        <Code label="Input" wrap>{call.input}</Code>
      </SpaceBetween>
    </SplitPanel>
  );
}

function RequestId({ id }: { id: string }) {
  return <span className="wb-mono wb-wrap">{id} <CopyToClipboard variant="icon" textToCopy={id} copyButtonAriaLabel="Copy: request id" copySuccessText="Copied" copyErrorText="Could not copy" /></span>;
}
