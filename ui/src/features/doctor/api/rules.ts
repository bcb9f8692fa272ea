import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { PatternCheck } from "../../../ipc/bindings/PatternCheck";
import type { RulesMatchView } from "../../../ipc/bindings/RulesMatchView";
import { call } from "../../../ipc/call";

/** The nine samples as envelopes. */
export const samplesQuery = (actionId: string) =>
  queryOptions({
    queryKey: ["samples", actionId],
    queryFn: async () => (await call<PatternCheck>("pattern_check", { actionId, pattern: { choice: "all_events" } })).samples,
  });

/** An event tried on every rule of the action's bus; with `askAws`, AWS's own answer beside Waybill's. */
export const rulesQuery = (actionId: string, event: string, askAws: boolean) =>
  queryOptions({
    queryKey: ["rules_matching", actionId, event, askAws],
    queryFn: () => call<RulesMatchView>("rules_matching", { actionId, event, askAws }),
    enabled: event.trim() !== "",
    placeholderData: keepPreviousData,
    staleTime: 0,
    gcTime: 0,
  });
