import { createContext, useContext } from "react";
import type { IpcError } from "../ipc/error";

export interface Notice {
  type: "success" | "info" | "warning" | "in-progress";
  header: string;
  content?: string;
  /** A notice with the same id replaces the earlier one. */
  id?: string;
  action?: { text: string; onClick: () => void };
}

export interface Notify {
  /** Shows a notice above the page and returns its id. */
  show: (notice: Notice) => string;
  /** Shows a failure: what did not work, the sentence of the error, and a copy of its details. */
  fail: (header: string, error: IpcError | Error, id?: string) => string;
  dismiss: (id: string) => void;
}

export const NotifyContext = createContext<Notify | null>(null);

/** Notices about the outcome of what the user did. */
export function useNotify(): Notify {
  const notify = useContext(NotifyContext);
  if (!notify) throw new Error("useNotify needs a NotifyProvider above it");
  return notify;
}
