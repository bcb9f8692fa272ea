import CopyToClipboard from "@cloudscape-design/components/copy-to-clipboard";
import type { DeliveryDetail } from "../../../ipc/bindings/DeliveryDetail";

/** What AWS support or a log search asks for: ids, source and queue, each to be copied. */
export function Identifiers({ detail }: { detail: DeliveryDetail }) {
  const ids: [string, string | null | undefined][] = [
    ["Event id", detail.row.event_id],
    ["Request id", detail.row.request_id],
    ["Message id", detail.copies[0]?.message_id],
    ["Partner event source", detail.partner_source],
    ["Queue", detail.queue],
  ];
  return (
    <dl className="identifiers">
      {ids.map(([name, value]) => value && (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            <CopyToClipboard variant="inline" textToDisplay={value} textToCopy={value} copyButtonAriaLabel={`Copy ${name.toLowerCase()}`} copySuccessText="Copied" copyErrorText="Could not copy" />
          </dd>
        </div>
      ))}
    </dl>
  );
}
