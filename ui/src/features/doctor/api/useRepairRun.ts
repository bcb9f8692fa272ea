import { useState } from "react";
import type { RunSummary } from "../../../ipc/bindings/RunSummary";
import { useLive } from "../../../ipc/LiveContext";

/** The newest run of an action that began while `watching`: the proof of a repair, as it goes on. */
export function useRepairRun(actionId: string, watching: boolean): RunSummary | null {
  const [run, setRun] = useState<RunSummary | null>(null);
  const [before, setBefore] = useState(watching);
  if (before !== watching) {
    setBefore(watching);
    if (watching) setRun(null);
  }
  useLive((batch) => {
    if (!watching) return;
    const told = batch.findLast((event) => event.kind === "run" && event.run.action_id === actionId);
    if (told?.kind === "run") setRun(told.run);
  });
  return run;
}
