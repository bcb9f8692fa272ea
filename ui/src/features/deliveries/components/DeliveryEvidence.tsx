import { useState } from "react";
import Spinner from "@cloudscape-design/components/spinner";
import type { UseQueryResult } from "@tanstack/react-query";
import type { DeliveryDetail } from "../../../ipc/bindings/DeliveryDetail";
import type { DeliveryRow } from "../../../ipc/bindings/DeliveryRow";
import { ErrorState } from "../../../kit/ErrorState";
import { useMedia } from "../../../kit/useMedia";
import { Attempts } from "./Attempts";
import { Envelopes } from "./Envelopes";
import { Hops } from "./Hops";
import { ViewSwitch, type PanelView } from "./ViewSwitch";

interface DeliveryEvidenceProps {
  delivery: UseQueryResult<DeliveryDetail>;
  onSelect: (row: DeliveryRow) => void;
}

/** Hops at the left, envelopes at the right; in a narrow window one at a time. Above them, other attempts at the same event. */
export function DeliveryEvidence({ delivery, onSelect }: DeliveryEvidenceProps) {
  const { data, error, refetch } = delivery;
  const narrow = useMedia("(max-width: 1099px)");
  const [view, setView] = useState<PanelView>("difference");
  if (error) return <ErrorState title="The delivery could not be read" error={error} onRetry={() => void refetch()} />;
  if (!data) return <Spinner />;
  const hopsOnly = narrow && view === "hops";
  return (
    <>
      <Attempts detail={data} onSelect={onSelect} />
      <div className="panel">
        {(!narrow || hopsOnly) && <Hops detail={data} />}
        <section className="panel-envelopes" aria-label="Sent and received">
          <ViewSwitch detail={data} view={view} narrow={narrow} onView={setView} />
          {!hopsOnly && <Envelopes detail={data} view={view} />}
        </section>
      </div>
    </>
  );
}
