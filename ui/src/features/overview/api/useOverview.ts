import { queryOptions, useQuery } from "@tanstack/react-query";
import type { ChainView } from "../../../ipc/bindings/ChainView";
import { call } from "../../../ipc/call";
import { keys } from "../../../ipc/keys";

const overview = queryOptions({
  queryKey: keys.overview,
  queryFn: () => call<ChainView[]>("overview"),
});

/** Every chain, its links read from AWS. */
export const useOverview = () => useQuery(overview);
