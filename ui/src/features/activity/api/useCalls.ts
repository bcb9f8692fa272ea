import { useMemo } from "react";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import type { ActivityFilter } from "../../../ipc/bindings/ActivityFilter";
import type { ActivityPage } from "../../../ipc/bindings/ActivityPage";
import { call } from "../../../ipc/call";
import { keys } from "../../../ipc/keys";

const PAGE_ROWS = 200;

/** The calls that a filter lets through, newest first, page by page; read again when there are new ones. */
export function useCalls(filter: ActivityFilter) {
  const query = useInfiniteQuery({
    queryKey: keys.calls(filter),
    queryFn: ({ pageParam }) => call<ActivityPage>("activity", { filter, before: pageParam, limit: PAGE_ROWS }),
    initialPageParam: null as number | null,
    getNextPageParam: (page: ActivityPage) => page.next,
    placeholderData: keepPreviousData,
    staleTime: 0,
    structuralSharing: false,
  });
  const rows = useMemo(() => query.data?.pages.flatMap((page) => page.calls) ?? [], [query.data]);
  return { ...query, rows, operations: query.data?.pages[0]?.operations ?? [] };
}

export type Calls = ReturnType<typeof useCalls>;
