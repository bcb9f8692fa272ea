import StatusIndicator, { type StatusIndicatorProps } from "@cloudscape-design/components/status-indicator";
import type { LinkState } from "../../../ipc/bindings/LinkState";
import type { LinkView } from "../../../ipc/bindings/LinkView";

const TYPES: Record<LinkState, StatusIndicatorProps.Type> = { ok: "success", pending: "pending", broken: "error", none: "not-started" };

/** The state of one link of the chain, as a word with its sign. */
export function LinkWord({ link }: { link: LinkView }) {
  return <StatusIndicator type={TYPES[link.state]}>{link.word}</StatusIndicator>;
}
