import StatusIndicator from "@cloudscape-design/components/status-indicator";
import type { CallView } from "../../../ipc/bindings/CallView";
import type { StreamColumn } from "../../../kit/stream/StreamTable";
import { TimeText } from "../../../kit/TimeText";

/** The columns of the calls. */
export const COLUMNS: readonly StreamColumn<CallView>[] = [
  { id: "time", header: "Time", width: "136px", cell: (call) => <TimeText at={call.at} show="date-time" /> },
  { id: "operation", header: "Operation", width: "minmax(170px, 1.1fr)", cell: (call) => <><span className="wb-secondary">{call.service}:</span><b>{call.operation}</b></> },
  { id: "resource", header: "Resource", width: "minmax(120px, 1.4fr)", cell: (call) => <span title={call.resource ?? undefined}>{call.resource ?? "–"}</span> },
  { id: "outcome", header: "Outcome", width: "86px", cell: (call) => <Outcome call={call} /> },
  { id: "who", header: "Who", width: "minmax(110px, 0.9fr)", cell: (call) => <span title={`${call.connection}, ${call.who}`}>{call.connection === "sandbox" ? call.who : `${call.connection}, ${call.who}`}</span> },
  { id: "region", header: "Region", width: "92px", cell: (call) => call.region },
  { id: "request", header: "Request id", width: "minmax(80px, 0.8fr)", cell: (call) => <span className="wb-mono wb-secondary" title={call.request_id ?? undefined}>{call.request_id ?? "–"}</span> },
];

/** Without what the panel of a call says as well. */
export const NARROW_COLUMNS = COLUMNS.filter(({ id }) => id !== "region" && id !== "request");

function Outcome({ call }: { call: CallView }) {
  return call.error === null ? <StatusIndicator>Done</StatusIndicator> : <StatusIndicator type="error">Failed</StatusIndicator>;
}
