import { lazy, Suspense, useState } from "react";
import SplitPanel from "@cloudscape-design/components/split-panel";
import type { DeliveryRow } from "../../../ipc/bindings/DeliveryRow";
import { formatDuration } from "../../../kit/format";
import { Verdict } from "../../../kit/Verdict";
import { VERDICTS } from "../../../kit/verdicts";
import { useDelivery } from "../api/useDelivery";
import { DeliveryEvidence } from "./DeliveryEvidence";
import { PanelActions } from "./PanelActions";

/** The editor comes with its own code, which the list does not need. */
const ResendModal = lazy(() => import("./ResendModal"));

const LABELS = {
  closeButtonAriaLabel: "Close the delivery",
  openButtonAriaLabel: "Open the delivery",
  preferencesTitle: "Panel",
  resizeHandleAriaLabel: "Resize the panel",
};

/** The chosen delivery: its way hop by hop, what was sent beside what was received, and what can be done with it. */
export function DeliveryPanel({ row, onSelect }: { row: DeliveryRow; onSelect: (row: DeliveryRow) => void }) {
  const delivery = useDelivery(row);
  const [editing, setEditing] = useState(false);
  const facts = [row.action, `incident ${row.incident_id}`, row.latency_ms === null ? null : formatDuration(row.latency_ms)];
  return (
    <SplitPanel
      header={row.event_type}
      closeBehavior="hide"
      hidePreferencesButton
      i18nStrings={LABELS}
      headerActions={<PanelActions row={row} detail={delivery.data} onEdit={() => setEditing(true)} />}
      headerDescription={
        <span className="panel-about">
          <Verdict verdict={row.verdict}>{row.verdict === "changed" && row.reason ? `Changed: ${row.reason}` : VERDICTS[row.verdict].word}</Verdict>
          <span>{facts.filter(Boolean).join(" · ")}</span>
          {row.verdict !== "changed" && row.reason && <span>{row.reason}</span>}
        </span>
      }
    >
      <DeliveryEvidence key={row.id} delivery={delivery} onSelect={onSelect} />
      {editing && delivery.data && <Suspense><ResendModal detail={delivery.data} onDone={() => setEditing(false)} /></Suspense>}
    </SplitPanel>
  );
}
