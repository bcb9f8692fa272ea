import { queryOptions } from "@tanstack/react-query";
import type { DeliveriesPage } from "../../../ipc/bindings/DeliveriesPage";
import type { DeliveryDetail } from "../../../ipc/bindings/DeliveryDetail";
import type { DeliveryFilter } from "../../../ipc/bindings/DeliveryFilter";
import type { DeliveryRow } from "../../../ipc/bindings/DeliveryRow";
import type { EventType } from "../../../ipc/bindings/EventType";
import { call } from "../../../ipc/call";
import { keys } from "../../../ipc/keys";

const filterOf = (changes: Partial<DeliveryFilter>): DeliveryFilter => ({ run_id: null, action_id: null, verdicts: [], event_types: [], text: null, from: null, until: null, ...changes });

const newest = (filter: DeliveryFilter, limit: number) => call<DeliveriesPage>("deliveries", { filter, before: null, limit });

/** The delivery that the doctor is asked about: by its id, or the newest of an event type in a run. */
export const askedAboutQuery = (about: { delivery: string | null; run: string | null; event: string | null }) =>
  queryOptions({
    queryKey: ["asked_about", about],
    queryFn: () => askedAbout(about),
    enabled: about.delivery !== null || (about.run !== null && about.event !== null),
  });

async function askedAbout({ delivery, run, event }: { delivery: string | null; run: string | null; event: string | null }): Promise<DeliveryRow | null> {
  if (delivery !== null) return (await call<DeliveryDetail>("delivery", { id: Number(delivery) })).row;
  const page = await newest(filterOf({ run_id: run, event_types: event === null ? [] : [event as EventType] }), 1);
  return page.rows[0] ?? null;
}

/** The newest deliveries of an action, to pick an event from. */
export const pickableQuery = (actionId: string) =>
  queryOptions({ queryKey: [...keys.allDeliveries, "pick", actionId], queryFn: async () => (await newest(filterOf({ action_id: actionId }), 50)).rows, staleTime: 0 });

/** The envelope of a delivery as it was sent. */
export const sentQuery = (id: number) =>
  queryOptions({ queryKey: [...keys.delivery(id), "sent"], queryFn: async () => (await call<DeliveryDetail>("delivery", { id })).sent });
