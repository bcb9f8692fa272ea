import type { AttemptView } from "../../../ipc/bindings/AttemptView";
import { formatDuration } from "../../../kit/format";
import { TimeText } from "../../../kit/TimeText";

/** Every request that carried the event, where it took more than one or the only one did not get through. */
export function Sendings({ attempts }: { attempts: readonly AttemptView[] }) {
  if (attempts.every(({ outcome }) => outcome === "accepted") && attempts.length < 2) return null;
  return (
    <section className="sendings" aria-label="Requests that carried it">
      <div className="panel-title">Requests <span className="wb-secondary">{attempts.length === 1 ? "sent once" : `sent ${attempts.length} times`}</span></div>
      <ol>
        {attempts.map((attempt) => (
          <li key={attempt.number}>
            <span className="wb-num">{attempt.number}</span>
            <TimeText at={attempt.left_at} />
            <b className={toneOf(attempt)}>{wordOf(attempt)}</b>
            <span className="wb-secondary wb-wrap">{[attempt.reason, tookOf(attempt)].filter(Boolean).join(" · ")}</span>
            <span className="wb-mono wb-ellipsis wb-secondary" title={attempt.request_id ?? undefined}>{attempt.request_id ?? "no request id"}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}

const TONES: Record<string, string> = { accepted: "t-ok", refused: "t-bad", "not sent": "t-bad", "not known": "t-warn" };

const toneOf = ({ outcome }: AttemptView) => TONES[outcome] ?? "t-info";
const wordOf = ({ outcome }: AttemptView) => outcome.charAt(0).toUpperCase() + outcome.slice(1);
const tookOf = ({ left_at, answered_at }: AttemptView) => (answered_at === null ? null : `answered after ${formatDuration(Date.parse(answered_at) - Date.parse(left_at))}`);
