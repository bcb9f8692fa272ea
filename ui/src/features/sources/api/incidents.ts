import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { EventType } from "../../../ipc/bindings/EventType";
import type { IncidentStepReport } from "../../../ipc/bindings/IncidentStepReport";
import { call } from "../../../ipc/call";
import { keys } from "../../../ipc/keys";

function useIncidentStep<Input>(step: (input: Input) => Promise<IncidentStepReport>) {
  const queries = useQueryClient();
  return useMutation<IncidentStepReport, Error, Input>({
    mutationFn: step,
    onSuccess: () => queries.invalidateQueries({ queryKey: keys.sources }),
  });
}

/** Raises an incident on an alert source. */
export const useRaiseIncident = (sourceId: number) =>
  useIncidentStep((incident: { summary: string; details: string }) =>
    call<IncidentStepReport>("raise_incident", { sourceId, ...incident }),
  );

/** Moves an incident one step through its life cycle. */
export const useStepIncident = (incidentId: string) =>
  useIncidentStep((eventType: EventType) => call<IncidentStepReport>("step_incident", { incidentId, eventType }));

/** The click that publishes a step through a Manual alert action. */
export const usePublishIncident = (incidentId: string, eventType: EventType) =>
  useIncidentStep((actionId: string) => call<IncidentStepReport>("publish_incident", { incidentId, actionId, eventType }));
