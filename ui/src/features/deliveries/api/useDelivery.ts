import { queryOptions, useQuery } from "@tanstack/react-query";
import type { DeliveryDetail } from "../../../ipc/bindings/DeliveryDetail";
import type { DeliveryRow } from "../../../ipc/bindings/DeliveryRow";
import { call } from "../../../ipc/call";
import { keys } from "../../../ipc/keys";

/** Everything about one delivery; another verdict is another answer, so it is read again then. */
const delivery = (row: DeliveryRow) =>
  queryOptions({
    queryKey: [...keys.delivery(row.id), row.verdict],
    queryFn: () => call<DeliveryDetail>("delivery", { id: row.id }),
    placeholderData: (before: DeliveryDetail | undefined) => (before?.row.id === row.id ? before : undefined),
  });

export const useDelivery = (row: DeliveryRow) => useQuery(delivery(row));
