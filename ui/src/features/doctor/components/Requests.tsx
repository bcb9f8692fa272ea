import Popover from "@cloudscape-design/components/popover";
import type { RequestView } from "../../../ipc/bindings/RequestView";
import { formatDuration } from "../../../kit/format";

/** How many requests a diagnosis took; opened, each with its time and request id. */
export function Requests({ requests, calls }: { requests: readonly RequestView[]; calls: number }) {
  const text = calls === 1 ? "1 AWS call" : `${calls} AWS calls`;
  if (requests.length === 0) return <>{text}</>;
  return (
    <Popover
      header={text}
      size="large"
      fixedWidth
      dismissAriaLabel="Close"
      content={
        <table className="requests" aria-label="AWS calls of the diagnosis">
          <thead><tr><th>Call</th><th>From</th><th>Took</th><th>Request id</th></tr></thead>
          <tbody>
            {requests.map((request, index) => (
              <tr key={index}>
                <td className="wb-mono">{request.call}{request.refused && <div className="t-bad">{request.refused}</div>}</td>
                <td className="wb-num">{formatDuration(request.began_ms)}</td>
                <td className="wb-num">{formatDuration(request.took_ms)}</td>
                <td className="wb-mono wb-wrap">{request.request_id ?? "–"}</td>
              </tr>
            ))}
          </tbody>
        </table>
      }
    >
      {text}
    </Popover>
  );
}
