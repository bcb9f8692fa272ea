import { useCallback } from "react";
import { Plot } from "../../../kit/Plot";
import { formatDuration, formatTime } from "../../../kit/format";
import type { Series } from "../model/series";

const clock = (seconds: number) => formatTime(new Date(seconds * 1000)).slice(0, 8);
const FONT = "11px Open Sans, sans-serif";

/** Seconds; a run that is over within milliseconds would otherwise be drawn on an axis without meaning. */
const SHORTEST = 10;
const atLeastTenSeconds = (_plot: unknown, first: number, last: number): [number, number] =>
  last - first >= SHORTEST ? [first, last] : [last - SHORTEST, last + 1];

interface LatencyPlotProps {
  columns: Series;
  onCursor: (index: number | null) => void;
}

/** Three percentiles over time. */
export function LatencyPlot({ columns, onCursor }: LatencyPlotProps) {
  const options = useCallback(
    (color: (name: string) => string) => {
      const axis = { stroke: color("--color-text-body-secondary"), font: FONT, grid: { stroke: color("--grid"), width: 1 }, ticks: { show: false } };
      const line = (name: string) => ({ label: name, stroke: color(`--${name}`), width: 1.7 });
      return {
        legend: { show: false },
        cursor: { y: false, drag: { x: false, y: false } },
        padding: [6, 6, 0, 0] as [number, number, number, number],
        hooks: { setCursor: [(plot: { cursor: { idx?: number | null } }) => onCursor(plot.cursor.idx ?? null)] },
        scales: { x: { range: atLeastTenSeconds }, y: { range: (_plot: unknown, _low: number, high: number): [number, number] => [0, Math.max(10, high * 1.1)] } },
        axes: [{ ...axis, size: 20, gap: 2, space: 90, grid: { show: false }, values: (_plot: unknown, times: number[]) => times.map(clock) }, { ...axis, size: 58, gap: 4, space: 24, values: (_plot: unknown, values: number[]) => values.map(formatDuration) }],
        series: [{}, line("p50"), line("p95"), line("p99")],
      };
    },
    [onCursor],
  );
  if (columns[0].length === 0) return <p className="chart-empty">Latencies show once events have been read back.</p>;
  return <Plot label={`Latency percentiles over ${columns[0].length} slices of time`} data={columns} options={options} height={92} />;
}
