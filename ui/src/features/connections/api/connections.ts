import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import type { ConnectionDefaults } from "../../../ipc/bindings/ConnectionDefaults";
import type { ConnectionForm } from "../../../ipc/bindings/ConnectionForm";
import type { ConnectionReport } from "../../../ipc/bindings/ConnectionReport";
import type { ConnectionView } from "../../../ipc/bindings/ConnectionView";
import type { SandboxStatus } from "../../../ipc/bindings/SandboxStatus";
import { call } from "../../../ipc/call";
import { keys } from "../../../ipc/keys";

/** Every connection. */
export const connectionsQuery = () =>
  queryOptions({ queryKey: keys.connections, queryFn: () => call<ConnectionView[]>("list_connections") });

/** What the form of a new connection starts with and chooses from; the AWS configuration files are read anew each time. */
export const defaultsQuery = () =>
  queryOptions({ queryKey: keys.connectionDefaults, queryFn: () => call<ConnectionDefaults>("connection_defaults"), staleTime: 0 });

/** The embedded sandbox. */
export const sandboxQuery = () =>
  queryOptions({ queryKey: keys.sandbox, queryFn: () => call<SandboxStatus>("sandbox_status"), staleTime: 0 });

function useConnectionWrite<Input, Answer>(write: (input: Input) => Promise<Answer>) {
  const queries = useQueryClient();
  return useMutation<Answer, Error, Input>({
    mutationFn: write,
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: keys.connections });
      void queries.invalidateQueries({ queryKey: keys.environment });
    },
  });
}

export const useAddConnection = () => useConnectionWrite((form: ConnectionForm) => call<ConnectionView>("add_connection", { form }));

export const useSetMode = (name: string) => useConnectionWrite((mode: string) => call<null>("set_connection_mode", { name, mode }));

export const useUseConnection = () => useConnectionWrite((name: string) => call<null>("use_connection", { name }));

export const useDeleteConnection = (name: string) => useConnectionWrite((_: void) => call<null>("delete_connection", { name }));

/** Asks AWS who the caller is, and the SDK where requests go. */
export const useTryConnection = () =>
  useMutation<ConnectionReport, Error, string>({ mutationFn: (name) => call<ConnectionReport>("try_connection", { name }) });
