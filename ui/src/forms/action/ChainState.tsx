import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { chainWord } from "./chainWords";

/** How far an alert action's chain was set up. */
export function ChainState({ state }: { state: string }) {
  const { type, word } = chainWord(state);
  return <StatusIndicator type={type} wrapText={false}>{word}</StatusIndicator>;
}
