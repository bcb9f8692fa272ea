import { useState } from "react";
import { useQuery } from "@tanstack/react-query";
import { chainQuery } from "../../../chains/chainQuery";
import { diagnosisQuery, useRepair, useUndoRepair } from "../api/diagnosis";
import { useRepairRun } from "../api/useRepairRun";
import { firstCause } from "./outcomes";

/** One alert action before the doctor: what was found, which check is looked at, and what is done about it. */
export function useExamination(actionId: string) {
  const chain = useQuery(chainQuery(actionId));
  const diagnosis = useQuery(diagnosisQuery(actionId));
  const repair = useRepair(actionId);
  const undo = useUndoRepair(actionId);
  const [chosen, choose] = useState<string | null>(null);
  const checks = diagnosis.data?.checks ?? [];
  const selected = checks.find((check) => check.id === chosen) ?? firstCause(checks);
  const again = () => {
    choose(null);
    repair.reset();
    undo.reset();
    void Promise.all([diagnosis.refetch(), chain.refetch()]);
  };
  const apply = () => {
    undo.reset();
    repair.mutate(undefined, { onSuccess: () => choose(null) });
  };
  const takeBack = () => undo.mutate(undefined, { onSuccess: () => { repair.reset(); choose(null); } });
  return { chain, diagnosis, checks, selected, choose, again, apply, takeBack, repair, undo, proof: useRepairRun(actionId, repair.isPending) };
}

export type Examination = ReturnType<typeof useExamination>;
