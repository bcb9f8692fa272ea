import { queryOptions } from "@tanstack/react-query";
import type { PermissionsView } from "../../../ipc/bindings/PermissionsView";
import { call } from "../../../ipc/call";

/** The identity policy that a task on an alert action's chain needs. */
export const permissionsQuery = (actionId: string, task: string) =>
  queryOptions({ queryKey: ["permissions", actionId, task], queryFn: () => call<PermissionsView>("permissions", { actionId, task }), staleTime: 0 });
