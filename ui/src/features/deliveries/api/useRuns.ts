import { queryOptions, useQuery } from "@tanstack/react-query";
import type { RunSummary } from "../../../ipc/bindings/RunSummary";
import { call } from "../../../ipc/call";
import { keys } from "../../../ipc/keys";

const runs = queryOptions({
  queryKey: keys.runsOf(null),
  queryFn: () => call<RunSummary[]>("list_runs", { actionId: null }),
});

/** All runs, newest first; kept true by the live channel. */
export const useRuns = () => useQuery(runs);
