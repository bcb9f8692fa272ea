import type { DeliveryDetail } from "../../../ipc/bindings/DeliveryDetail";
import { Code } from "../../../kit/Code";
import { DiffView } from "../../../kit/diff/DiffView";
import { Copies } from "./Copies";
import type { PanelView } from "./ViewSwitch";

/** The envelope as sent, as received, or both side by side. */
export function Envelopes({ detail, view }: { detail: DeliveryDetail; view: PanelView }) {
  const first = detail.copies[0];
  if (view === "sent") return <Code wrap label="Envelope as sent">{detail.sent}</Code>;
  if (!first) return <><p className="wb-small">Nothing was read back from {detail.queue}.</p><Code wrap label="Envelope as sent">{detail.sent}</Code></>;
  if (view === "received") return <Copies copies={detail.copies} />;
  return (
    <>
      <Finding detail={detail} />
      <DiffView left={{ title: "Sent", text: detail.sent }} right={{ title: "Received", text: first.body }} />
    </>
  );
}

/** Whether both say the same, or in which fields they differ. */
function Finding({ detail }: { detail: DeliveryDetail }) {
  const paths = detail.differences.map((difference) => difference.path);
  if (paths.length > 0) return <p className="wb-small t-warn">{`Differs in ${paths.join(", ")}`}</p>;
  return <p className="wb-small t-ok">Equal in detail, detail-type, source, resources, account, region and time</p>;
}
