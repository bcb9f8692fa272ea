import type { EventType } from "../../../ipc/bindings/EventType";
import type { RunSummary } from "../../../ipc/bindings/RunSummary";
import { Board } from "../../../kit/Board";
import { RunCounts } from "../../../runs/RunCounts";
import { useRunBoard } from "../../../runs/useRunBoard";

/** The proof of a repair, cell by cell. */
export function RepairProof({ run, chosen }: { run: RunSummary; chosen: readonly EventType[] }) {
  return (
    <div className="repair-proof">
      <Board cells={useRunBoard(run.run_id, chosen)} label="Proof of the repair" named />
      <RunCounts run={run} />
    </div>
  );
}
