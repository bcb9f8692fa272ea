import CopyToClipboard from "@cloudscape-design/components/copy-to-clipboard";
import type { DeliveryDetail } from "../../../ipc/bindings/DeliveryDetail";

/** What AWS support or a log search asks for: ids, source and queue, each to be copied. */
export function Identifiers({ detail }: { detail: DeliveryDetail }) {
  const ids: [string, string | null | undefined][] = [
    ["Event", detail.row.event_id],
    ["Request", detail.row.request_id],
    ["Message", detail.copies[0]?.message_id],
    ["Source", detail.partner_source],
    ["Queue", detail.queue],
  ];
  return (
    <dl className="identifiers">
      {ids.map(([name, value]) => value && (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            <span className="wb-mono wb-ellipsis" title={value}>{value}</span>
            <CopyToClipboard variant="icon" textToCopy={value} copyButtonAriaLabel={`Copy: ${name}`} copySuccessText="Copied" copyErrorText="Could not copy" />
          </dd>
        </div>
      ))}
    </dl>
  );
}
