import { queryOptions } from "@tanstack/react-query";
import type { SetupDraft } from "../../../ipc/bindings/SetupDraft";
import { call } from "../../../ipc/call";
import { keys } from "../../../ipc/keys";

export const loadDraft = (actionId: string | null) => call<SetupDraft>("load_draft", { actionId });

/** The wizard as it was left; the suggestions where it was not begun. */
export const draftQuery = (actionId: string | null) =>
  queryOptions({ queryKey: keys.draft(actionId), queryFn: () => loadDraft(actionId) });

export const saveDraft = (draft: SetupDraft) => call<SetupDraft>("save_draft", { draft });

export const discardDraft = (actionId: string | null) => call<null>("discard_draft", { actionId });
