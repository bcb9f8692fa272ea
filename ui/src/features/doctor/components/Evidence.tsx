import CopyToClipboard from "@cloudscape-design/components/copy-to-clipboard";
import type { CheckView } from "../../../ipc/bindings/CheckView";
import { Code } from "../../../kit/Code";
import { shownEvidence, type Shown } from "../model/evidence";

/** The values that a check was judged by, each with the call and the request that told it. */
export function Evidence({ check }: { check: CheckView }) {
  const shown = shownEvidence(check);
  if (shown.length === 0) return null;
  return (
    <section className={`evidence${shown.length === 1 ? " evidence-one" : ""}`} aria-label="Evidence">
      {shown.map((value) => <Value key={value.evidence.what} shown={value} />)}
    </section>
  );
}

function Value({ shown: { evidence, lines, isJson } }: { shown: Shown }) {
  const { what, call, request_id: request } = evidence;
  return (
    <div className="evidence-value">
      <div className="evidence-head">
        <b>{what}</b>
        <span className="wb-secondary">{call ?? "known to Waybill"}</span>
      </div>
      {isJson
        ? <Code label={what} numbers={false} wrap maxHeight={188}>{lines}</Code>
        : <div className="evidence-plain wb-mono">{lines.map((line, index) => <div key={index} className={line.mark === "hit" ? "evidence-hit" : undefined}>{line.text}</div>)}</div>}
      {request && (
        <div className="evidence-request wb-secondary">
          Request <span className="wb-mono">{request}</span>
          <CopyToClipboard variant="icon" textToCopy={request} copyButtonAriaLabel={`Copy: request id of ${what}`} copySuccessText="Copied" copyErrorText="Could not copy" />
        </div>
      )}
    </div>
  );
}
