import { queryOptions, useQuery, useQueryClient } from "@tanstack/react-query";
import type { DeliveryDetail } from "../../../ipc/bindings/DeliveryDetail";
import type { DeliveryRow } from "../../../ipc/bindings/DeliveryRow";
import { call } from "../../../ipc/call";
import { keys } from "../../../ipc/keys";
import { useLive } from "../../../ipc/LiveContext";

/** Everything about one delivery; another verdict is another answer, so it is read again then. */
const delivery = (row: Pick<DeliveryRow, "id" | "verdict">) =>
  queryOptions({
    queryKey: [...keys.delivery(row.id), row.verdict],
    queryFn: () => call<DeliveryDetail>("delivery", { id: row.id }),
    placeholderData: (before: DeliveryDetail | undefined) => (before?.row.id === row.id ? before : undefined),
  });

/** One delivery, with the other attempts at the same event as they stand. */
export function useDelivery(row: Pick<DeliveryRow, "id" | "verdict">) {
  const queries = useQueryClient();
  const query = useQuery(delivery(row));
  const others = [query.data?.first_attempt, ...(query.data?.further_attempts ?? [])];
  useLive((batch) => {
    const concerns = batch.some((event) => event.kind === "deliveries" && event.rows.some((told) => others.some((other) => other?.id === told.id && other.verdict !== told.verdict)));
    if (concerns) void queries.invalidateQueries({ queryKey: keys.delivery(row.id) });
  });
  return query;
}
