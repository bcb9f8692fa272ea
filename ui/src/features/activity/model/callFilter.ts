import type { PropertyFilterProps } from "@cloudscape-design/components/property-filter";
import type { ActivityFilter } from "../../../ipc/bindings/ActivityFilter";

export const NO_CALL_FILTER: ActivityFilter = { connection: null, operation: null, failed: null, from: null, until: null, text: null };

export const isNarrow = (filter: ActivityFilter) => Object.values(filter).some((part) => part !== null);

/** The filter as tokens of its field. */
export function toQuery(filter: ActivityFilter): PropertyFilterProps.Query {
  const tokens: PropertyFilterProps.Token[] = [];
  if (filter.operation !== null) tokens.push({ propertyKey: "operation", operator: "=", value: filter.operation });
  if (filter.failed !== null) tokens.push({ propertyKey: "outcome", operator: "=", value: filter.failed ? "failed" : "done" });
  if (filter.connection !== null) tokens.push({ propertyKey: "connection", operator: "=", value: filter.connection });
  if (filter.text !== null) tokens.push({ operator: ":", value: filter.text });
  return { operation: "and", tokens };
}

/** The tokens as a filter; of two that exclude each other the later one holds. */
export function fromQuery(query: PropertyFilterProps.Query): ActivityFilter {
  const last = (key: string | undefined): string | null => {
    const found = query.tokens.findLast((token) => token.propertyKey === key);
    return found ? String(found.value).trim() || null : null;
  };
  const outcome = last("outcome");
  return { ...NO_CALL_FILTER, operation: last("operation"), connection: last("connection"), failed: outcome === null ? null : outcome === "failed", text: last(undefined) };
}
