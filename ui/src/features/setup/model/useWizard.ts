import { useState } from "react";
import { useQueryClient } from "@tanstack/react-query";
import { fieldProblems } from "../../../forms/fieldProblems";
import type { ActionForm } from "../../../ipc/bindings/ActionForm";
import type { FieldProblem } from "../../../ipc/bindings/FieldProblem";
import type { SetupDraft } from "../../../ipc/bindings/SetupDraft";
import type { SetupForm } from "../../../ipc/bindings/SetupForm";
import { toIpcError } from "../../../ipc/error";
import { keys } from "../../../ipc/keys";
import { discardDraft, loadDraft, saveDraft } from "../api/drafts";
import { checkStep, saveAction } from "./checkStep";

/** What stands in the way of the next step. */
export interface Obstacle {
  problems: readonly FieldProblem[];
  refusal: string | null;
  failure: Error | null;
}

const FREE: Obstacle = { problems: [], refusal: null, failure: null };
const typed = ({ action, form }: SetupDraft) => JSON.stringify({ action, form });

/** The wizard: what was typed, where it stands, what is in the way, and what is not saved yet. */
export function useWizard(start: SetupDraft) {
  const queries = useQueryClient();
  const [draft, setDraft] = useState(start);
  const [kept, setKept] = useState(() => typed(start));
  const [obstacle, setObstacle] = useState(FREE);
  const [busy, setBusy] = useState(false);

  const keep = async (next: SetupDraft) => {
    const saved = await saveDraft(next);
    setKept(typed(next));
    queries.setQueryData(keys.draft(next.action_id), saved);
  };
  /** The draft of an alert action that was just made: the rest of the wizard starts from what is suggested for it. */
  const adopted = async (actionId: string): Promise<SetupDraft> => {
    setDraft((before) => ({ ...before, action_id: actionId }));
    const { form } = await loadDraft(actionId);
    const next = { ...draft, action_id: actionId, form };
    setDraft(next);
    await discardDraft(null);
    queries.removeQueries({ queryKey: keys.draft(null) });
    return next;
  };
  const withAction = async (): Promise<SetupDraft> => {
    const action = await saveAction(draft);
    const next = draft.action_id === null ? await adopted(action.id) : draft;
    for (const queryKey of [keys.actions, keys.sources, keys.formDefaults, keys.chains]) void queries.invalidateQueries({ queryKey });
    return next;
  };
  const forward = async (step: number) => {
    const known = draft.step === 0 || draft.action_id === null ? await withAction() : draft;
    const check = known.action_id !== null && draft.step > 0 ? await checkStep({ ...known, action_id: known.action_id }) : FREE;
    if (check.problems.length > 0 || check.refusal !== null) return setObstacle({ ...FREE, ...check });
    const next = { ...known, step };
    await keep(next);
    setDraft((before) => ({ ...before, action_id: next.action_id, step }));
    setObstacle(FREE);
  };
  const goTo = async (step: number) => {
    if (step <= draft.step) {
      setDraft({ ...draft, step });
      return setObstacle(FREE);
    }
    await attempt(() => forward(step));
  };
  const attempt = async (work: () => Promise<void>): Promise<boolean> => {
    setBusy(true);
    try {
      await work();
      return true;
    } catch (cause) {
      const failure = toIpcError(cause);
      setObstacle({ problems: fieldProblems(failure), refusal: null, failure });
      return false;
    } finally {
      setBusy(false);
    }
  };
  return {
    draft,
    obstacle,
    busy,
    dirty: typed(draft) !== kept,
    goTo,
    save: () => attempt(() => keep(draft)),
    patchAction: (patch: Partial<ActionForm>) => setDraft((before) => ({ ...before, action: { ...before.action, ...patch } })),
    patchForm: (patch: Partial<SetupForm>) => setDraft((before) => ({ ...before, form: { ...before.form, ...patch } })),
  };
}

export type WizardState = ReturnType<typeof useWizard>;
