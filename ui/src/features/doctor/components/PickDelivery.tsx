import { useEffect, useState } from "react";
import { useQuery } from "@tanstack/react-query";
import Select from "@cloudscape-design/components/select";
import type { DeliveryRow } from "../../../ipc/bindings/DeliveryRow";
import { ErrorState } from "../../../kit/ErrorState";
import { formatDateTime } from "../../../kit/format";
import { VERDICTS } from "../../../kit/verdicts";
import { pickableQuery, sentQuery } from "../api/context";

interface PickDeliveryProps {
  actionId: string;
  /** The delivery that is chosen from the start. */
  first: string | null;
  onPick: (envelope: string) => void;
}

/** One of the newest deliveries of the action, as it was sent. */
export function PickDelivery({ actionId, first, onPick }: PickDeliveryProps) {
  const rows = useQuery(pickableQuery(actionId));
  const [chosen, choose] = useState(first);
  const id = chosen ?? (rows.data?.[0] ? String(rows.data[0].id) : null);
  const sent = useQuery({ ...sentQuery(Number(id)), enabled: id !== null });
  useEffect(() => {
    if (sent.data !== undefined) onPick(sent.data);
    // The caller's function is new on each drawing; only another event is a reason to pick again.
  }, [sent.data]);
  if (rows.isError) return <ErrorState title="The deliveries could not be read" error={rows.error} onRetry={() => void rows.refetch()} />;
  if (rows.data?.length === 0) return <div className="wb-secondary">Nothing was published through this alert action yet.</div>;
  const options = rows.data?.map(optionOf) ?? [];
  return (
    <Select
      ariaLabel="Delivery"
      selectedOption={options.find((option) => option.value === id) ?? (id === null ? null : { value: id, label: `Delivery ${id}` })}
      options={options}
      filteringType="auto"
      statusType={rows.isPending ? "loading" : "finished"}
      loadingText="Reading the deliveries"
      onChange={({ detail }) => choose(detail.selectedOption.value ?? id)}
    />
  );
}

const optionOf = (row: DeliveryRow) => ({
  value: String(row.id),
  label: `${row.event_type}, incident ${row.incident_id}`,
  labelTag: VERDICTS[row.verdict].word,
  description: row.published_at ? formatDateTime(new Date(row.published_at)) : "not published",
});
