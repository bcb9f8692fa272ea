import SplitPanel from "@cloudscape-design/components/split-panel";
import type { DeliveryRow } from "../../../ipc/bindings/DeliveryRow";
import { formatDuration } from "../../../kit/format";
import { Verdict } from "../../../kit/Verdict";
import { VERDICTS } from "../../../kit/verdicts";
import { DeliveryEvidence } from "./DeliveryEvidence";

const LABELS = {
  closeButtonAriaLabel: "Close the delivery",
  openButtonAriaLabel: "Open the delivery",
  preferencesTitle: "Panel",
  resizeHandleAriaLabel: "Resize the panel",
};

/** The chosen delivery: its way hop by hop, and what was sent beside what was received. */
export function DeliveryPanel({ row }: { row: DeliveryRow }) {
  const facts = [row.action, `incident ${row.incident_id}`, row.latency_ms === null ? null : formatDuration(row.latency_ms)];
  return (
    <SplitPanel
      header={row.event_type}
      closeBehavior="hide"
      hidePreferencesButton
      i18nStrings={LABELS}
      headerDescription={
        <span className="panel-about">
          <Verdict verdict={row.verdict}>{row.verdict === "changed" && row.reason ? `Changed: ${row.reason}` : VERDICTS[row.verdict].word}</Verdict>
          <span>{facts.filter(Boolean).join(" · ")}</span>
          {row.verdict !== "changed" && row.reason && <span>{row.reason}</span>}
        </span>
      }
    >
      <DeliveryEvidence row={row} />
    </SplitPanel>
  );
}
