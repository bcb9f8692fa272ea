import { memo, useMemo } from "react";
import Select, { type SelectProps } from "@cloudscape-design/components/select";
import type { RunSummary } from "../../../ipc/bindings/RunSummary";
import { formatDateTime } from "../../../kit/format";
import { navigate } from "../../../router/location";
import { paths } from "../../../router/paths";
import { runOutcome } from "../model/runOutcome";

const ALL: SelectProps.Option = { value: "", label: "All runs" };

/** Chooses the run whose deliveries are shown. */
export function RunPicker({ runs, runId }: { runs: readonly RunSummary[]; runId: string | null }) {
  // The counts of a run change ten times a second; what is said of one that goes on does not.
  const told = JSON.stringify(runs.map(option));
  const options = useMemo(() => [ALL, ...(JSON.parse(told) as SelectProps.Option[])], [told]);
  return <Picker options={options} runId={runId} />;
}

const Picker = memo(function Picker({ options, runId }: { options: readonly SelectProps.Option[]; runId: string | null }) {
  return (
    <div className="run-picker">
      <Select
        ariaLabel="Run"
        options={options}
        selectedOption={options.find((candidate) => candidate.value === (runId ?? "")) ?? { value: runId ?? "", label: `Run ${runId}` }}
        onChange={({ detail }) => navigate(paths.deliveries(detail.selectedOption.value || undefined))}
        filteringType={options.length > 9 ? "auto" : "none"}
        expandToViewport
      />
    </div>
  );
});

const option = (run: RunSummary): SelectProps.Option => ({
  value: run.run_id,
  label: `${run.action}, ${formatDateTime(new Date(run.started_at)).slice(11)}`,
  description: `${run.state === "running" ? "Running" : runOutcome(run)}${run.mode === "rehearsal" ? " · Simulated (twin bus)" : ""} · ${formatDateTime(new Date(run.started_at))}`,
  filteringTags: [run.run_id],
});
