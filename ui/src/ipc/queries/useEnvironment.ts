import { queryOptions, useQuery } from "@tanstack/react-query";
import type { EnvironmentView } from "../bindings/EnvironmentView";
import { call } from "../call";
import { keys } from "../keys";

const environment = queryOptions({
  queryKey: keys.environment,
  queryFn: () => call<EnvironmentView>("environment"),
});

/** Which AWS is talked to. */
export const useEnvironment = () => useQuery(environment);
