import { useState } from "react";
import { useQuery } from "@tanstack/react-query";
import { chainQuery } from "../../../chains/chainQuery";
import { diagnosisQuery, useRepair, useUndoRepair } from "../api/diagnosis";
import { useRepairRun } from "../api/useRepairRun";
import { firstCause } from "./outcomes";
import { answered, told, type Asked } from "./progress";
import { phaseAfter, type Phase } from "./repairWords";

/** One alert action before the doctor: what was found, which check is looked at, and what is done about it. */
export function useExamination(actionId: string) {
  const [asked, setAsked] = useState<readonly Asked[]>([]);
  const [phase, setPhase] = useState<Phase>("making");
  const [chosen, choose] = useState<string | null>(null);
  // Whether the reader asked for it: then the answers are watched as they come; else the old ones stay until the new ones are there.
  const [watched, setWatched] = useState(true);
  const chain = useQuery(chainQuery(actionId));
  const diagnosis = useQuery(diagnosisQuery(actionId, (progress) => setAsked((before) => told(before, progress))));
  const repair = useRepair(actionId, (progress) => setPhase((before) => phaseAfter(before, progress)));
  const undo = useUndoRepair(actionId);
  const checks = diagnosis.data?.checks ?? [];
  const isComing = diagnosis.isPending || (watched && diagnosis.isFetching);
  const selected = checks.find((check) => check.id === chosen) ?? firstCause(checks);
  const again = async () => {
    for (const reset of [repair.reset, undo.reset, () => choose(null), () => setWatched(true), () => setAsked([])]) reset();
    await Promise.all([diagnosis.refetch(), chain.refetch()]);
    setWatched(false);
  };
  const apply = () => {
    if (!selected?.repair) return;
    undo.reset();
    setPhase("making");
    setWatched(false);
    repair.mutate({ check: selected.id, plan: selected.repair.plan }, { onSuccess: () => choose(null) });
  };
  const takeBack = () => undo.mutate(undefined, { onSuccess: () => { repair.reset(); choose(null); } });
  return {
    chain, diagnosis, checks, selected, choose, again, apply, takeBack, repair, undo, phase,
    asked: isComing && asked.length > 0 ? asked : answered(checks),
    proof: useRepairRun(actionId, repair.isPending),
  };
}

export type Examination = ReturnType<typeof useExamination>;
