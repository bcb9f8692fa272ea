import { useQuery } from "@tanstack/react-query";
import { overviewQuery } from "../chains/chainQuery";
import { activeFaultsQuery } from "../faults/faults";
import type { DiagnosisView } from "../ipc/bindings/DiagnosisView";
import { keys } from "../ipc/keys";
import { useKnown } from "../ipc/queries/useKnown";
import { useLocation } from "../router/location";
import { TOUR_FAULT } from "./steps";
import type { TourState } from "./tourState";

/** What was really done, as AWS and the store tell it; the tour believes nothing else. */
export interface TourFacts {
  /** Nothing is known yet. */
  reading: boolean;
  /** The chain is gone, with its alert action. */
  gone: boolean;
  broken: boolean;
  /** The last run is proven. */
  proven: boolean;
  /** A run that began during this step ended with missing events. */
  missing: boolean;
  /** The doctor, on the page, names the fault. */
  named: boolean;
  /** A run began during this step. */
  proving: boolean;
  /** The last run has ended and is not proven. */
  failed: boolean;
}

/** Follows what the tour waits for. */
export function useTourFacts({ actionId, since }: TourState): TourFacts {
  const overview = useQuery(overviewQuery);
  const faults = useQuery(activeFaultsQuery());
  const diagnosis = useKnown<DiagnosisView>(keys.diagnosis(actionId));
  const { view } = useLocation();
  const chain = overview.data?.find((one) => one.action.id === actionId);
  const run = chain?.last_run ?? null;
  const ended = run !== null && run.state !== "running";
  const fresh = run !== null && Date.parse(run.started_at) >= Date.parse(since);
  return {
    reading: overview.isPending || faults.isPending,
    gone: overview.data !== undefined && overview.data.length > 0 && !chain,
    broken: faults.data?.some((fault) => fault.action_id === actionId && fault.id === TOUR_FAULT) ?? false,
    proven: ended && run.proven,
    missing: ended && fresh && run.missing > 0,
    named: view === "doctor" && (diagnosis?.checks.some((check) => check.id === TOUR_FAULT && check.outcome === "cause") ?? false),
    proving: fresh,
    failed: ended && !run.proven,
  };
}

/** The step that the facts lead to: the next where this one is done, an earlier one where what it needs is gone. */
export function nextStep(step: number, facts: TourFacts): number {
  if (facts.reading) return step;
  switch (step) {
    case 0:
      return facts.proven && !facts.broken ? 1 : 0;
    case 1:
      return facts.broken ? 2 : 1;
    case 2:
      return facts.missing ? 3 : stillBroken(2, facts);
    case 3:
      return facts.named ? 4 : stillBroken(3, facts);
    case 4:
      return facts.proving ? 5 : stillBroken(4, facts);
    case 5:
      // A repair that did not help sends back to the doctor.
      if (facts.failed) return 3;
      return facts.proven ? 6 : 5;
    default:
      return step;
  }
}

const stillBroken = (step: number, facts: TourFacts) => (facts.broken ? step : 1);
