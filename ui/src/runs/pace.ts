import { useState } from "react";
import type { RunProgress } from "../ipc/bindings/RunProgress";
import type { RunSummary } from "../ipc/bindings/RunSummary";
import { useLive } from "../ipc/LiveContext";
import { formatCount, formatDuration } from "../kit/format";

/** How fast a run goes and how long it will take, as far as that is told; empty when it does not go on. */
export function usePace(run: RunSummary | null | undefined): string {
  const [told, setTold] = useState<RunProgress | null>(null);
  useLive((batch) => {
    const last = batch.findLast((event) => event.kind === "progress" && event.progress.run_id === run?.run_id);
    if (last?.kind === "progress") setTold(last.progress);
  });
  return run?.state === "running" && told?.run_id === run.run_id ? paceWords(told) : "";
}

/** The pace in words: `250 events/s, about 12 s left`. */
export function paceWords({ per_second, left_ms }: Pick<RunProgress, "per_second" | "left_ms">): string {
  const rate = per_second === null ? [] : [`${formatCount(Math.round(per_second))} events/s`];
  const left = left_ms === null ? [] : [`about ${formatDuration(left_ms)} left`];
  return [...rate, ...left].join(", ");
}
