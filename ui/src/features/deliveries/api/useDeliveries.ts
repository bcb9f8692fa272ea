import { infiniteQueryOptions, useInfiniteQuery } from "@tanstack/react-query";
import type { DeliveriesPage } from "../../../ipc/bindings/DeliveriesPage";
import type { DeliveryFilter } from "../../../ipc/bindings/DeliveryFilter";
import { call } from "../../../ipc/call";
import { keys } from "../../../ipc/keys";

const PAGE_ROWS = 200;

export const deliveries = (filter: DeliveryFilter) =>
  infiniteQueryOptions({
    queryKey: keys.deliveries(filter),
    queryFn: ({ pageParam }) => call<DeliveriesPage>("deliveries", { filter, before: pageParam, limit: PAGE_ROWS }),
    initialPageParam: null as number | null,
    getNextPageParam: (page: DeliveriesPage) => page.next,
    // What arrived while another filter was shown is not in these pages.
    staleTime: 0,
    gcTime: 5000,
    // Rows are replaced, never mended: comparing thousands of them would only take time.
    structuralSharing: false,
  });

/** What was published, newest first, page by page. */
export const useDeliveries = (filter: DeliveryFilter) => useInfiniteQuery(deliveries(filter));
