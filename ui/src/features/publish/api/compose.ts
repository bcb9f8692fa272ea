import { keepPreviousData, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import type { Composed } from "../../../ipc/bindings/Composed";
import type { DetailCheck } from "../../../ipc/bindings/DetailCheck";
import type { EventType } from "../../../ipc/bindings/EventType";
import type { RunSummary } from "../../../ipc/bindings/RunSummary";
import type { StartRun } from "../../../ipc/bindings/StartRun";
import { call } from "../../../ipc/call";
import { keys } from "../../../ipc/keys";

/** An event of a new incident, as iLert would send it. Each reading takes a new incident number. */
export const composeQuery = (actionId: string, eventType: EventType) =>
  queryOptions({ queryKey: ["compose", actionId, eventType], queryFn: () => call<Composed>("compose", { actionId, eventType }), gcTime: 0 });

/** What stands against publishing a detail, its size, and whether it must arrive. */
export const checkQuery = (actionId: string, eventType: EventType, detail: string) =>
  queryOptions({
    queryKey: ["check_detail", actionId, eventType, detail],
    queryFn: () => call<DetailCheck>("check_detail", { actionId, eventType, detail }),
    placeholderData: keepPreviousData,
    staleTime: 0,
    gcTime: 0,
  });

function useStart<Input>(start: (input: Input) => Promise<RunSummary>) {
  const queries = useQueryClient();
  return useMutation<RunSummary, Error, Input>({
    mutationFn: start,
    onSuccess: () => queries.invalidateQueries({ queryKey: keys.runs }),
  });
}

/** Publishes one detail as typed: a run of one event. */
export const usePublishEvent = () =>
  useStart((event: { actionId: string; eventType: EventType; detail: string }) => call<RunSummary>("publish_event", event));

/** Starts a run of many events. */
export const useStartRun = () => useStart((start: StartRun) => call<RunSummary>("start_run", { start }));

/** Stops a run; what was published is still followed to its verdict. */
export const useCancelRun = () => useMutation<null, Error, string>({ mutationFn: (runId) => call<null>("cancel_run", { runId }) });
