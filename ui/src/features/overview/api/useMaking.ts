import { useState } from "react";
import type { StepView } from "../../../ipc/bindings/StepView";
import { useLive } from "../../../ipc/LiveContext";

/** The steps of a set-up as they are reported, by id. */
export type Making = Readonly<Record<string, StepView>>;

/** Follows the set-up of a chain that is being made. */
export function useMaking(): Making {
  const [making, setMaking] = useState<Making>({});
  useLive((batch) => {
    const steps = batch.flatMap((event) => (event.kind === "setup_step" ? [event.step] : []));
    if (steps.length === 0) return;
    setMaking((known) => ({ ...known, ...Object.fromEntries(steps.map((step) => [step.id, step])) }));
  });
  return making;
}
