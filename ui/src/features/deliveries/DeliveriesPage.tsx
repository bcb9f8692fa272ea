import { useState } from "react";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { Page } from "../../app/frame/Page";
import type { DeliveryRow } from "../../ipc/bindings/DeliveryRow";
import { useLocation } from "../../router/location";
import { paths } from "../../router/paths";
import { DeliveriesHeader } from "./components/DeliveriesHeader";
import { DeliveryPanel } from "./components/DeliveryPanel";
import { InterruptedRuns } from "./components/InterruptedRuns";
import { LatencyCharts } from "./components/LatencyCharts";
import { Stream } from "./components/Stream";
import { useDeliveryFilter } from "./model/useDeliveryFilter";
import "./deliveries.css";

const CRUMBS = [{ text: "Deliveries", href: paths.deliveries() }];

/** What was published and what was read back, live. */
export default function DeliveriesPage() {
  const runId = useLocation().rest[0] ?? null;
  const [live, setLive] = useState(true);
  const [selected, setSelected] = useState<DeliveryRow | null>(null);
  const filtering = useDeliveryFilter(runId);
  return (
    <Page
      crumbs={CRUMBS}
      contentType="table"
      split={selected && <DeliveryPanel row={selected} onSelect={setSelected} />}
      onSplitClose={() => setSelected(null)}
    >
      <SpaceBetween size="xs">
        <DeliveriesHeader filter={filtering.filter} live={live} onLive={setLive} />
        <InterruptedRuns />
        <LatencyCharts filter={filtering.filter} live={live} />
        <Stream filtering={filtering} live={live} selected={selected} onSelect={setSelected} />
      </SpaceBetween>
    </Page>
  );
}
