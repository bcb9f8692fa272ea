import { queryOptions } from "@tanstack/react-query";
import type { ConnectionView } from "../../../ipc/bindings/ConnectionView";
import type { SandboxStatus } from "../../../ipc/bindings/SandboxStatus";
import { call } from "../../../ipc/call";
import { keys } from "../../../ipc/keys";

/** Every connection. */
export const connectionsQuery = () =>
  queryOptions({ queryKey: keys.connections, queryFn: () => call<ConnectionView[]>("list_connections") });

/** The embedded sandbox. */
export const sandboxQuery = () =>
  queryOptions({ queryKey: keys.sandbox, queryFn: () => call<SandboxStatus>("sandbox_status"), staleTime: 0 });
