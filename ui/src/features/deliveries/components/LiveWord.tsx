import type { RunSummary } from "../../../ipc/bindings/RunSummary";
import { formatCount } from "../../../kit/format";
import { usePace } from "../../../runs/pace";
import { useRate } from "../api/useRate";

/** Whether new deliveries are shown as they come, how many a second there are, and how long the run that goes on will take. */
export function LiveWord({ live, run }: { live: boolean; run: RunSummary | undefined }) {
  const rate = useRate();
  const told = usePace(run);
  const pace = told || (rate >= 1 ? `${formatCount(Math.round(rate))} events/s` : "");
  return <span className={`live-word${live ? "" : " live-off"}`}><i aria-hidden />{live ? `Live${pace && `, ${pace}`}` : "Stopped"}</span>;
}
