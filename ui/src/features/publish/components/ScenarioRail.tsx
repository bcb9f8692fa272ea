import type { DeliveryRow } from "../../../ipc/bindings/DeliveryRow";
import type { ScenarioStepView } from "../../../ipc/bindings/ScenarioStepView";
import { shortType } from "../../../kit/eventTypes";
import { formatDuration } from "../../../kit/format";
import { Verdict } from "../../../kit/Verdict";
import { writeDelay } from "../model/delay";

interface ScenarioRailProps {
  steps: readonly ScenarioStepView[];
  /** What became of each step so far, in their order. */
  rows: readonly DeliveryRow[];
}

/** Delays as long as the shortest drawn; the others grow with the root of their length. */
const track = (ms: number) => `${Math.max(1, Math.sqrt(ms / 1000))}fr`;

/** The steps of a scenario on a line; the waits stand between them, in proportion. */
export function ScenarioRail({ steps, rows }: ScenarioRailProps) {
  const template = steps.map((_, at) => `minmax(118px, ${track(steps[at + 1]?.after_ms ?? 0)})`).join(" ");
  let offset = 0;
  return (
    <ol className="rail" aria-label="Steps of the scenario" style={{ gridTemplateColumns: template }}>
      {steps.map((step, at) => {
        offset += step.after_ms;
        const next = steps[at + 1];
        return (
          <li key={at}>
            <div className="rail-track">
              <span className={`rail-dot${rows[at] ? " rail-done" : ""}`} aria-hidden />
              {next && <span className="rail-wire"><i>{writeDelay(next.after_ms)}</i></span>}
            </div>
            <b className="rail-name">{shortType(step.event_type)}</b>
            <div className="rail-state wb-num"><StepState row={rows[at]} /> <span className="wb-secondary">{`+${writeDelay(offset)}`}</span></div>
          </li>
        );
      })}
    </ol>
  );
}

function StepState({ row }: { row: DeliveryRow | undefined }) {
  if (!row) return <span className="wb-secondary">Planned</span>;
  return <Verdict verdict={row.verdict}>{row.verdict === "delivered" && row.latency_ms !== null ? `Delivered · ${formatDuration(row.latency_ms)}` : undefined}</Verdict>;
}
