import type { PropertyFilterProps } from "@cloudscape-design/components/property-filter";
import { chainWord } from "../../../forms/action/chainWords";
import { TRIGGER_MODES } from "../../../forms/action/words";
import type { AlertActionView } from "../../../ipc/bindings/AlertActionView";

/** An alert action with its words, by which it is found. */
export type ListedAction = AlertActionView & { chainWord: string; modeWord: string };

export const listed = (action: AlertActionView): ListedAction => ({ ...action, chainWord: chainWord(action.chain).word, modeWord: TRIGGER_MODES[action.trigger_mode] });

const property = (key: keyof ListedAction, propertyLabel: string, groupValuesLabel: string): PropertyFilterProps.FilteringProperty => ({ key, propertyLabel, groupValuesLabel, operators: ["=", ":"] });

/** What alert actions are filtered by. */
export const ACTION_PROPERTIES = [
  property("name", "Name", "Names"),
  property("chainWord", "Chain", "Chain states"),
  property("alert_source", "Alert source", "Alert sources"),
  property("modeWord", "Trigger mode", "Trigger modes"),
  property("account", "AWS account ID", "AWS account IDs"),
  property("region", "AWS region", "AWS regions"),
  property("partner_source", "Partner event source", "Partner event sources"),
];
