import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import type { ActiveFault } from "../ipc/bindings/ActiveFault";
import type { FaultView } from "../ipc/bindings/FaultView";
import { call } from "../ipc/call";
import { keys } from "../ipc/keys";
import { useEnvironment } from "../ipc/queries/useEnvironment";

/** Every way to break an action's chain, and which are in force. */
export const faultsQuery = (actionId: string) =>
  queryOptions({ queryKey: keys.faultsOf(actionId), queryFn: () => call<FaultView[]>("list_faults", { actionId }), staleTime: 0 });

/** What is in force in the fault lab, for every alert action. */
export const activeFaultsQuery = () =>
  queryOptions({ queryKey: keys.activeFaults, queryFn: () => call<ActiveFault[]>("active_faults"), staleTime: 0 });

/** There is a fault lab on the sandbox only. */
export const useHasFaultLab = () => useEnvironment().data?.kind === "sandbox";

function useFaultWrite<Input>(write: (input: Input) => Promise<unknown>) {
  const queries = useQueryClient();
  return useMutation<unknown, Error, Input>({
    mutationFn: write,
    onSettled: () => Promise.all([keys.faults, keys.diagnoses, keys.overview, keys.chains, keys.actions].map((queryKey) => queries.invalidateQueries({ queryKey }))),
  });
}

interface OneFault {
  actionId: string;
  fault: string;
}

/** Breaks a chain. */
export const useInjectFault = () => useFaultWrite((one: OneFault) => call<FaultView[]>("inject_fault", { ...one }));

/** Takes one fault back; all others stay in force. */
export const useRetractFault = () => useFaultWrite((one: OneFault) => call<FaultView[]>("retract_fault", { ...one }));

/** Puts everything back as it was before the first fault. */
export const useResetFaults = () => useFaultWrite((_: null) => call<ActiveFault[]>("reset_every_fault"));
