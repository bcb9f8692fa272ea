import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import type { ScenarioForm } from "../../../ipc/bindings/ScenarioForm";
import type { ScenarioView } from "../../../ipc/bindings/ScenarioView";
import { call } from "../../../ipc/call";
import { keys } from "../../../ipc/keys";

/** The scenarios: those that every Waybill has, then the reader's own; kept true by the live channel. */
export const scenariosQuery = () => queryOptions({ queryKey: keys.scenarios, queryFn: () => call<ScenarioView[]>("list_scenarios") });

function useScenarioWrite<Input, Answer>(write: (input: Input) => Promise<Answer>) {
  const queries = useQueryClient();
  return useMutation<Answer, Error, Input>({ mutationFn: write, onSuccess: () => queries.invalidateQueries({ queryKey: keys.scenarios }) });
}

/** Keeps a scenario, as a new one or in place of another. */
export const useSaveScenario = () => useScenarioWrite((input: { form: ScenarioForm; replaces: string | null }) => call<ScenarioView>("save_scenario", input));

export const useDeleteScenario = () => useScenarioWrite((name: string) => call<null>("delete_scenario", { name }));

/** Keeps a scenario from its JSON. */
export const useImportScenario = () => useScenarioWrite((input: { text: string; replace: boolean }) => call<ScenarioView>("import_scenario", input));

/** A scenario's JSON, as it is imported. */
export const exportScenario = (name: string) => call<string>("export_scenario", { name });
