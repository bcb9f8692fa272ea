import type { ChainView } from "../../../ipc/bindings/ChainView";
import type { ChainItem } from "../../../kit/ChainLink";
import { EVENT_TYPES } from "../../../kit/eventTypes";
import { paths } from "../../../router/paths";

/** The chain of an action whose links could not be read: what Waybill itself knows, and nothing assumed of AWS. */
export function unreadItems({ action }: ChainView): ChainItem[] {
  const mode = action.trigger_mode === "manual" ? "Manual" : "Automatic";
  const known = { tone: "ok", wire: "idle" } as const;
  const not = { tone: "idle", word: "Not read", wire: "idle" } as const;
  const source = action.partner_source || "not known";
  return [
    { ...known, kind: "alert_source", label: "Alert source", name: action.alert_source, word: "Known", href: paths.source(action.alert_source_id) },
    { ...known, kind: "alert_action", label: "Alert action", name: mode, word: `${action.event_types.length} of ${EVENT_TYPES.length} types`, href: paths.action(action.id) },
    { ...not, kind: "partner_source", label: "Partner event source", name: source },
    { ...not, kind: "bus", label: "Event bus", name: source },
    { ...not, kind: "rule", label: "Rule", name: "not read" },
    { ...not, kind: "queue", label: "SQS queue", name: "not read" },
  ];
}

/** Why nothing at all could be read, where that is so. */
export function allUnread(chains: readonly ChainView[]): string | null {
  return chains.every((chain) => chain.unread !== null) ? (chains[0]?.unread ?? null) : null;
}
