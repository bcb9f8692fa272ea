import type { CheckHead } from "../../../ipc/bindings/CheckHead";
import type { CheckView } from "../../../ipc/bindings/CheckView";
import type { DiagnosisProgress } from "../../../ipc/bindings/DiagnosisProgress";

/** A question in the list: judged, or still open. */
export interface Asked extends CheckHead {
  check: CheckView | null;
}

/** The list after one more thing was told. */
export function told(asked: readonly Asked[], progress: DiagnosisProgress): readonly Asked[] {
  if (progress.kind === "began") return progress.checks.map((head) => ({ ...head, check: null }));
  if (progress.kind !== "check") return asked;
  return asked.map((one) => (one.id === progress.check.id ? { ...one, check: progress.check } : one));
}

/** The list of a diagnosis that is finished. */
export const answered = (checks: readonly CheckView[]): Asked[] => checks.map((check) => ({ id: check.id, question: check.question, check }));
