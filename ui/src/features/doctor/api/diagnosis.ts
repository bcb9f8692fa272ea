import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import type { DiagnosisProgress } from "../../../ipc/bindings/DiagnosisProgress";
import type { DiagnosisView } from "../../../ipc/bindings/DiagnosisView";
import type { RepairUndone } from "../../../ipc/bindings/RepairUndone";
import { call } from "../../../ipc/call";
import { callTelling } from "../../../ipc/callTelling";
import { keys } from "../../../ipc/keys";

type Tell = (progress: DiagnosisProgress) => void;

/** Why events of an alert action do not arrive, check by check as they are judged. It changes nothing; asked anew on every visit. */
export const diagnosisQuery = (actionId: string, tell: Tell) =>
  queryOptions({
    queryKey: keys.diagnosis(actionId),
    queryFn: () => callTelling<DiagnosisView, DiagnosisProgress>("diagnose_live", { actionId }, tell),
    staleTime: 0,
  });

/** Makes the very change that was shown for a check, proves the chain, and diagnoses it again. */
export function useRepair(actionId: string, tell: Tell) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (shown: { check: string; plan: string }) => callTelling<DiagnosisView, DiagnosisProgress>("repair_check", { actionId, ...shown }, tell),
    onSuccess: (diagnosis) => queries.setQueryData(keys.diagnosis(actionId), diagnosis),
    onSettled: () => readAgain(queries),
  });
}

/** Takes the newest repair back; the chain is as broken as before. */
export function useUndoRepair(actionId: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => call<RepairUndone>("undo_repair", { actionId }),
    onSettled: () => Promise.all([queries.invalidateQueries({ queryKey: keys.diagnosis(actionId) }), readAgain(queries)]),
  });
}

const readAgain = (queries: ReturnType<typeof useQueryClient>) => Promise.all([keys.overview, keys.chains, keys.runs].map((queryKey) => queries.invalidateQueries({ queryKey })));
