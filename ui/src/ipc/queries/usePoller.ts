import { queryOptions, useQuery } from "@tanstack/react-query";
import type { PollerView } from "../bindings/PollerView";
import { call } from "../call";
import { keys } from "../keys";

const poller = queryOptions({
  queryKey: keys.poller,
  queryFn: () => call<PollerView>("poller"),
});

/** Whether a queue is being read now; kept true by the live channel. */
export const usePoller = () => useQuery(poller);
