import { useState } from "react";
import Spinner from "@cloudscape-design/components/spinner";
import type { DeliveryRow } from "../../../ipc/bindings/DeliveryRow";
import { ErrorState } from "../../../kit/ErrorState";
import { useMedia } from "../../../kit/useMedia";
import { useDelivery } from "../api/useDelivery";
import { Envelopes } from "./Envelopes";
import { Hops } from "./Hops";
import { ViewSwitch, type PanelView } from "./ViewSwitch";

/** Hops at the left, envelopes at the right; in a narrow window one at a time. */
export function DeliveryEvidence({ row }: { row: DeliveryRow }) {
  const { data, error, refetch } = useDelivery(row);
  const narrow = useMedia("(max-width: 1099px)");
  const [view, setView] = useState<PanelView>("difference");
  if (error) return <ErrorState title="The delivery could not be read" error={error} onRetry={() => void refetch()} />;
  if (!data) return <Spinner />;
  const hopsOnly = narrow && view === "hops";
  return (
    <div className="panel">
      {(!narrow || hopsOnly) && <Hops detail={data} />}
      <section className="panel-envelopes" aria-label="Sent and received">
        <ViewSwitch detail={data} view={view} narrow={narrow} onView={setView} />
        {!hopsOnly && <Envelopes detail={data} view={view} />}
      </section>
    </div>
  );
}
