import CopyToClipboard from "@cloudscape-design/components/copy-to-clipboard";
import SegmentedControl from "@cloudscape-design/components/segmented-control";
import type { DeliveryDetail } from "../../../ipc/bindings/DeliveryDetail";
import { Link } from "../../../kit/Link";
import { paths } from "../../../router/paths";

export type PanelView = "difference" | "sent" | "received" | "hops";

interface ViewSwitchProps {
  detail: DeliveryDetail;
  view: PanelView;
  narrow: boolean;
  onView: (view: PanelView) => void;
}

const OPTIONS = [
  { id: "difference", text: "Side by side" },
  { id: "sent", text: "As sent" },
  { id: "received", text: "As received" },
];

/** Chooses what of the delivery is shown, copies it as it is, and leads to the rules that would take it. */
export function ViewSwitch({ detail, view, narrow, onView }: ViewSwitchProps) {
  const received = detail.copies[0]?.body;
  const options = narrow ? [...OPTIONS, { id: "hops", text: "Hops" }] : OPTIONS;
  return (
    <div className="panel-switch">
      <SegmentedControl label="Show" selectedId={view} options={options} onChange={({ detail: change }) => onView(change.selectedId as PanelView)} />
      <Link fontSize="body-s" href={paths.doctor(detail.row.action_id, { delivery: detail.row.id, tab: "rules" })}>Which rules would it match?</Link>
      <CopyToClipboard
        copyButtonText="Copy JSON"
        copySuccessText="Copied"
        copyErrorText="Could not copy"
        textToCopy={view === "received" && received !== undefined ? received : detail.sent}
      />
    </div>
  );
}
