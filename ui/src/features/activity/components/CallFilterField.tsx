import PropertyFilter, { type PropertyFilterProps } from "@cloudscape-design/components/property-filter";
import type { ActivityFilter } from "../../../ipc/bindings/ActivityFilter";
import { FILTER_WORDS } from "../../../kit/filterWords";
import { fromQuery, toQuery } from "../model/callFilter";

const PROPERTIES: PropertyFilterProps.FilteringProperty[] = [
  { key: "operation", propertyLabel: "Operation", groupValuesLabel: "Operations", operators: ["="] },
  { key: "outcome", propertyLabel: "Outcome", groupValuesLabel: "Outcomes", operators: ["="] },
  { key: "connection", propertyLabel: "Connection", groupValuesLabel: "Connections", operators: ["="] },
];
const OUTCOMES = ["done", "failed"].map((value) => ({ propertyKey: "outcome", value }));

interface CallFilterFieldProps {
  filter: ActivityFilter;
  onChange: (filter: ActivityFilter) => void;
  operations: readonly string[];
}

/** Filters by operation, outcome, connection and free text. */
export function CallFilterField({ filter, onChange, operations }: CallFilterFieldProps) {
  return (
    <PropertyFilter
      query={toQuery(filter)}
      onChange={({ detail }) => onChange(fromQuery(detail))}
      filteringProperties={PROPERTIES}
      filteringOptions={[...OUTCOMES, ...operations.map((value) => ({ propertyKey: "operation", value }))]}
      hideOperations
      expandToViewport
      filteringPlaceholder="Filter by operation, outcome, resource or request id"
      filteringAriaLabel="Filter calls"
      i18nStrings={FILTER_WORDS}
    />
  );
}
