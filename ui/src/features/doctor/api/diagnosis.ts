import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import type { DiagnosisView } from "../../../ipc/bindings/DiagnosisView";
import type { RepairUndone } from "../../../ipc/bindings/RepairUndone";
import { call } from "../../../ipc/call";
import { keys } from "../../../ipc/keys";

/** Why events of an alert action do not arrive. It reads AWS and changes nothing; asked anew on every visit. */
export const diagnosisQuery = (actionId: string) =>
  queryOptions({ queryKey: keys.diagnosis(actionId), queryFn: () => call<DiagnosisView>("diagnose", { actionId }), staleTime: 0 });

/** Makes the repairs that are shown, proves the chain, and diagnoses it again. */
export function useRepair(actionId: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => call<DiagnosisView>("repair", { actionId }),
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
