import { useState } from "react";
import type { UseQueryResult } from "@tanstack/react-query";
import Select from "@cloudscape-design/components/select";
import type { PatternSample } from "../../../ipc/bindings/PatternSample";
import { ErrorState } from "../../../kit/ErrorState";

interface PickSampleProps {
  samples: UseQueryResult<PatternSample[], Error>;
  onPick: (envelope: string) => void;
}

/** One of the nine samples. */
export function PickSample({ samples, onPick }: PickSampleProps) {
  const [type, setType] = useState("incident-created");
  if (samples.isError) return <ErrorState title="The samples could not be prepared" error={samples.error} onRetry={() => void samples.refetch()} />;
  const pick = (value: string) => {
    setType(value);
    const sample = samples.data?.find((one) => one.event_type === value);
    if (sample) onPick(sample.envelope);
  };
  return (
    <Select
      ariaLabel="Event type"
      selectedOption={{ value: type, label: type }}
      options={samples.data?.map(({ event_type }) => ({ value: event_type, label: event_type })) ?? []}
      statusType={samples.isPending ? "loading" : "finished"}
      loadingText="Preparing the samples"
      onChange={({ detail }) => pick(detail.selectedOption.value ?? type)}
    />
  );
}
