import { useState } from "react";
import type { AlertActionView } from "../../../ipc/bindings/AlertActionView";
import { useDeleteAction } from "./actions";

export interface Deleting {
  /** Names of what is gone. */
  gone: readonly string[];
  failure: { name: string; error: Error } | null;
  isPending: boolean;
}

/** Deletes alert actions one after the other; the first that is refused ends it, and what is gone is told. */
export function useDeleteActions() {
  const remove = useDeleteAction();
  const [state, setState] = useState<Deleting>({ gone: [], failure: null, isPending: false });
  const start = async (actions: readonly AlertActionView[], onDone: (names: readonly string[]) => void) => {
    const gone = [...state.gone];
    setState({ gone, failure: null, isPending: true });
    for (const { id, name } of actions) {
      try {
        await remove.mutateAsync(id);
        gone.push(name);
      } catch (error) {
        setState({ gone, failure: { name, error: error as Error }, isPending: false });
        return;
      }
    }
    setState({ gone, failure: null, isPending: false });
    onDone(gone);
  };
  return { ...state, start };
}
