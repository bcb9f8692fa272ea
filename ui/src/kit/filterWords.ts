import type { PropertyFilterProps } from "@cloudscape-design/components/property-filter";

const OPERATORS: Record<string, string> = { "=": "is", "<=": "until", ">=": "from", ":": "contains" };
const said = (token: PropertyFilterProps.FormattedToken) => `${token.propertyLabel} ${OPERATORS[token.operator] ?? token.operator} ${token.value}`;

/** What the filter field says. */
export const FILTER_WORDS: PropertyFilterProps.I18nStrings = {
  dismissAriaLabel: "Close",
  groupValuesText: "Values",
  groupPropertiesText: "Properties",
  operatorsText: "Operators",
  operatorLessOrEqualText: "until",
  operatorGreaterOrEqualText: "from",
  operatorEqualsText: "is",
  operatorContainsText: "contains",
  operationAndText: "and",
  operationOrText: "or",
  editTokenHeader: "Edit filter",
  propertyText: "Property",
  operatorText: "Operator",
  valueText: "Value",
  cancelActionText: "Cancel",
  applyActionText: "Apply",
  allPropertiesLabel: "All ids and types",
  clearFiltersText: "Clear filters",
  enteredTextLabel: (text) => `Find “${text}”`,
  removeTokenButtonAriaLabel: (token) => `Remove filter: ${said(token)}`,
  formatToken: said,
};
