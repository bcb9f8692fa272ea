import { memo, useMemo } from "react";
import PropertyFilter, { type PropertyFilterProps } from "@cloudscape-design/components/property-filter";
import type { DeliveryFilter } from "../../../ipc/bindings/DeliveryFilter";
import { EVENT_TYPES } from "../../../kit/eventTypes";
import { FILTER_WORDS } from "../../../kit/filterWords";
import { formatDateTime } from "../../../kit/format";
import { VERDICT_ORDER, VERDICTS } from "../../../kit/verdicts";
import { fromQuery, toQuery, type Narrowing } from "../model/tokens";
import { MomentInput } from "./MomentInput";

interface DeliveryFilterFieldProps {
  filter: DeliveryFilter;
  onChange: (narrowing: Narrowing) => void;
  /** Names of the alert actions by their ids. */
  actions: ReadonlyMap<string, string>;
}

const isText = (value: unknown): value is string => typeof value === "string";
const list = (value: unknown, word: (one: string) => string) => (Array.isArray(value) ? value : [value]).filter(isText).map(word).join(", ");
const moment = (value: unknown) => (isText(value) ? formatDateTime(new Date(value)) : "");
const timeOperator = (operator: "<=" | ">="): PropertyFilterProps.ExtendedOperator<string> => ({
  operator,
  form: ({ value, onChange }) => <MomentInput value={value} onChange={onChange} />,
  format: moment,
});

function Field({ filter, onChange, actions }: DeliveryFilterFieldProps) {
  const properties = useMemo<PropertyFilterProps.FilteringProperty[]>(() => {
    const several = (word: (one: string) => string) => [{ operator: "=" as const, tokenType: "enum" as const, format: (value: unknown) => list(value, word) }];
    return [
      { key: "verdict", propertyLabel: "Verdict", groupValuesLabel: "Verdicts", operators: several((one) => VERDICTS[one as keyof typeof VERDICTS]?.word ?? one) },
      { key: "type", propertyLabel: "Event type", groupValuesLabel: "Event types", operators: several((one) => one) },
      { key: "action", propertyLabel: "Alert action", groupValuesLabel: "Alert actions", operators: [{ operator: "=", format: (value) => actions.get(String(value)) ?? String(value) }] },
      { key: "time", propertyLabel: "Time", groupValuesLabel: "Times", defaultOperator: "<=", operators: [timeOperator("<="), timeOperator(">=")] },
    ];
  }, [actions]);
  const options: PropertyFilterProps.FilteringOption[] = [
    ...VERDICT_ORDER.map((value) => ({ propertyKey: "verdict", value, label: VERDICTS[value].word })),
    ...EVENT_TYPES.map((value) => ({ propertyKey: "type", value })),
    ...[...actions].map(([value, label]) => ({ propertyKey: "action", value, label })),
  ];
  return (
    <PropertyFilter
      query={toQuery(filter)}
      onChange={({ detail }) => onChange(fromQuery(detail))}
      filteringProperties={properties}
      filteringOptions={options}
      hideOperations
      expandToViewport
      filteringPlaceholder="Filter by verdict, type, time, incident or id"
      filteringAriaLabel="Filter deliveries"
      i18nStrings={FILTER_WORDS}
    />
  );
}

/** Filters by verdict, event type, alert action, time and free text. Not drawn again for every batch of a stream. */
export default memo(Field);
