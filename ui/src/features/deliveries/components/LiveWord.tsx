import { useRate } from "../api/useRate";

/** Whether new deliveries are shown as they come, and how many a second there are. */
export function LiveWord({ live }: { live: boolean }) {
  const rate = useRate();
  const pace = rate >= 1 ? `, ${Math.round(rate)} events/s` : "";
  return <span className={`live-word${live ? "" : " live-off"}`}><i aria-hidden />{live ? `Live${pace}` : "Stopped"}</span>;
}
