import { useMemo, useState } from "react";
import Container from "@cloudscape-design/components/container";
import type { DeliveryFilter } from "../../../ipc/bindings/DeliveryFilter";
import { useLatency } from "../api/useLatency";
import { NO_FILTER } from "../model/filter";
import { series } from "../model/series";
import { Histogram } from "./Histogram";
import { LatencyKeys } from "./LatencyKeys";
import { LatencyPlot } from "./LatencyPlot";

/** Latency over time and its distribution. */
export function LatencyCharts({ filter, live }: { filter: DeliveryFilter; live: boolean }) {
  const scope = useMemo(() => ({ ...NO_FILTER, run_id: filter.run_id, action_id: filter.action_id }), [filter.action_id, filter.run_id]);
  const { data, error } = useLatency(scope, live);
  const columns = useMemo(() => series(data.groups), [data.groups]);
  const [at, setAt] = useState<number | null>(null);
  return (
    <div className="charts">
      <Container>
        <div className="chart">
          <div className="chart-head"><b>Latency</b><LatencyKeys summary={data.summary} columns={columns} at={at} /></div>
          {error ? <p role="alert">The latencies could not be read: {error.message}</p> : <LatencyPlot columns={columns} onCursor={setAt} />}
        </div>
      </Container>
      <Container>
        <div className="chart">
          <div className="chart-head"><b>Distribution</b><span className="chart-keys wb-secondary">sent to read</span></div>
          {error ? <p className="chart-empty">Not known</p> : <Histogram buckets={data.buckets} />}
        </div>
      </Container>
    </div>
  );
}
