import type { CopyView } from "../../../ipc/bindings/CopyView";
import { Code } from "../../../kit/Code";
import { TimeText } from "../../../kit/TimeText";

/** Every distinct copy as it was read, to the byte. */
export function Copies({ copies }: { copies: readonly CopyView[] }) {
  return copies.map((copy) => (
    <div key={copy.message_id} className="copy">
      <p className="wb-small wb-secondary">
        Message <span className="wb-mono">{copy.message_id}</span>, read <TimeText at={copy.received_at} />
        {copy.receive_count !== null && `, receive ${copy.receive_count}`}
      </p>
      <Code wrap label={`Message ${copy.message_id}`}>{copy.body}</Code>
    </div>
  ));
}
