import { useState } from "react";
import { useMutation } from "@tanstack/react-query";
import type { SettlingView } from "../../../ipc/bindings/SettlingView";
import { call } from "../../../ipc/call";
import { useLive } from "../../../ipc/LiveContext";

/** How long a run still waits for Waybill's own last changes to be in force, with the way to give it up. */
export function Settling() {
  const [settling, setSettling] = useState<SettlingView | null>(null);
  useLive((batch) => {
    for (const event of batch) if (event.kind === "settling") setSettling(event.settling);
  });
  const cancel = useMutation<null, Error, string>({ mutationFn: (runId) => call<null>("cancel_run", { runId }) });
  if (!settling || settling.left_ms <= 0) return null;
  return (
    <span className="strip-pair" role="timer" data-testid="settling">
      <em>{`${settling.action} waits until its own changes are in force`}</em>
      <b>{`${Math.ceil(settling.left_ms / 1000)} s`}</b>
      <button type="button" onClick={() => cancel.mutate(settling.run_id)}>Cancel</button>
    </span>
  );
}
