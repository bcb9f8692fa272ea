import type { DeliveryDetail } from "../../../ipc/bindings/DeliveryDetail";
import { Code } from "../../../kit/Code";
import { DiffView } from "../../../kit/diff/DiffView";
import { Copies } from "./Copies";
import type { PanelView } from "./ViewSwitch";

/** The envelope as sent, as received, or both side by side. */
export function Envelopes({ detail, view }: { detail: DeliveryDetail; view: PanelView }) {
  const first = detail.copies[0];
  if (view === "sent") return <Code label="Envelope as sent">{detail.sent}</Code>;
  if (!first) return <><p className="wb-small">Nothing was read back from {detail.queue}.</p><Code label="Envelope as sent">{detail.sent}</Code></>;
  if (view === "received") return <Copies copies={detail.copies} />;
  return (
    <>
      {detail.differences.length > 0 && (
        <p className="wb-small t-warn">{`Differs in ${detail.differences.map((difference) => difference.path).join(", ")}`}</p>
      )}
      <DiffView left={{ title: "Sent", text: detail.sent }} right={{ title: "Received", text: first.body }} />
    </>
  );
}
