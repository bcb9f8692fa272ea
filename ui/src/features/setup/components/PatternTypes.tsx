import { useQuery } from "@tanstack/react-query";
import { EventTypesField } from "../../../forms/action/EventTypesField";
import { formDefaultsQuery } from "../../../forms/action/queries";

interface PatternTypesProps {
  value: readonly string[];
  onChange: (types: string[]) => void;
  problem: string | undefined;
}

/** The event types that the rule takes. */
export function PatternTypes({ value, onChange, problem }: PatternTypesProps) {
  const defaults = useQuery(formDefaultsQuery());
  return (
    <EventTypesField
      value={value}
      onChange={onChange}
      known={defaults.data?.event_types ?? []}
      problem={problem}
      description="The others are kept out of the queue; Waybill then expects them not to arrive."
    />
  );
}
