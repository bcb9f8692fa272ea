import type { PropertyFilterProps } from "@cloudscape-design/components/property-filter";
import type { DeliveryFilter } from "../../../ipc/bindings/DeliveryFilter";
import type { EventType } from "../../../ipc/bindings/EventType";
import type { Verdict } from "../../../ipc/bindings/Verdict";

type Token = PropertyFilterProps.Token;
type Query = PropertyFilterProps.Query;

/** What of a filter is set in the filter field. */
export type Narrowing = Omit<DeliveryFilter, "run_id">;

/** The filter as tokens of the field. */
export function toQuery(filter: Narrowing): Query {
  const tokens: Token[] = [];
  if (filter.verdicts.length > 0) tokens.push({ propertyKey: "verdict", operator: "=", value: filter.verdicts });
  if (filter.event_types.length > 0) tokens.push({ propertyKey: "type", operator: "=", value: filter.event_types });
  if (filter.action_id !== null) tokens.push({ propertyKey: "action", operator: "=", value: filter.action_id });
  if (filter.from !== null) tokens.push({ propertyKey: "time", operator: ">=", value: filter.from });
  if (filter.until !== null) tokens.push({ propertyKey: "time", operator: "<=", value: filter.until });
  if (filter.text !== null) tokens.push({ operator: ":", value: filter.text });
  return { operation: "and", tokens };
}

/** The tokens of the field as a filter; of two that exclude each other the later one holds. */
export function fromQuery(query: Query): Narrowing {
  const list = (key: string): string[] => query.tokens.filter((token) => token.propertyKey === key).flatMap((token) => token.value as string | string[]);
  const last = (key: string | undefined, operator?: string): string | null => {
    const found = query.tokens.findLast((token) => token.propertyKey === key && (operator === undefined || token.operator === operator));
    return found ? String(found.value) : null;
  };
  return {
    verdicts: list("verdict") as Verdict[],
    event_types: list("type") as EventType[],
    action_id: last("action"),
    from: last("time", ">="),
    until: last("time", "<="),
    text: last(undefined)?.trim() || null,
  };
}
