import { queryOptions } from "@tanstack/react-query";
import type { ChainView } from "../ipc/bindings/ChainView";
import { call } from "../ipc/call";
import { keys } from "../ipc/keys";

/** Every chain, its links read from AWS. */
export const overviewQuery = queryOptions({
  queryKey: keys.overview,
  queryFn: () => call<ChainView[]>("overview"),
});

/** One chain with its links as they are now. */
export const chainQuery = (actionId: string) =>
  queryOptions({ queryKey: keys.chain(actionId), queryFn: () => call<ChainView>("chain", { actionId }), staleTime: 0 });
