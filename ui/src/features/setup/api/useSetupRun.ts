import { useState } from "react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { SetupForm } from "../../../ipc/bindings/SetupForm";
import type { SetupOutcome } from "../../../ipc/bindings/SetupOutcome";
import type { StepView } from "../../../ipc/bindings/StepView";
import type { UndoView } from "../../../ipc/bindings/UndoView";
import { call } from "../../../ipc/call";
import { keys } from "../../../ipc/keys";
import { useLive } from "../../../ipc/LiveContext";

/** Applies a set-up, follows its steps, stops it, and takes it back. */
export function useSetupRun(actionId: string | null) {
  const queries = useQueryClient();
  const [live, setLive] = useState<readonly StepView[]>([]);
  useLive((batch) => {
    const steps = batch.flatMap((event) => (event.kind === "setup_step" && event.action_id === actionId ? [event.step] : []));
    if (steps.length > 0) setLive((before) => steps.reduce(withStep, before));
  });
  const readAgain = () => {
    for (const queryKey of [["setup_plan"], ["queues"], keys.chains, keys.overview, keys.actions]) void queries.invalidateQueries({ queryKey });
  };
  const undo = useMutation({ mutationFn: () => call<UndoView>("setup_undo", { actionId }), onSettled: readAgain });
  const apply = useMutation({
    mutationFn: (form: SetupForm) => call<SetupOutcome>("setup_apply", { actionId, form }),
    onMutate: () => {
      setLive([]);
      undo.reset();
    },
    onSettled: readAgain,
  });
  const cancel = useMutation({ mutationFn: () => call<null>("setup_cancel", { actionId }) });
  const takeBack = () => undo.mutate(undefined, { onSuccess: () => { apply.reset(); setLive([]); } });
  return { apply, cancel, undo, takeBack, live };
}

export type SetupRun = ReturnType<typeof useSetupRun>;

/** The steps with one of them renewed, or added at the end. */
export function withStep(steps: readonly StepView[], step: StepView): readonly StepView[] {
  const known = steps.some((other) => other.id === step.id);
  return known ? steps.map((other) => (other.id === step.id ? step : other)) : [...steps, step];
}
