import type { ReactNode } from "react";

/** The six links of a chain, in the order in which an event travels. */
export type LinkKind = "alert_source" | "alert_action" | "partner_source" | "bus" | "rule" | "queue";

const SHAPES: Record<LinkKind, ReactNode> = {
  alert_source: <><path d="M8 2.2a4 4 0 0 0-4 4c0 3.6-1.6 4.8-1.6 4.8h11.2S12 9.8 12 6.2a4 4 0 0 0-4-4Z" /><path d="M6.7 13.6a1.5 1.5 0 0 0 2.6 0" /></>,
  alert_action: <path d="M9.4 1.8 3.6 9h4.1l-1 5.2L12.5 7H8.4l1-5.2Z" />,
  partner_source: <><circle cx="8" cy="8" r="6" /><path d="M2 8h12M8 2c1.9 1.8 2.7 3.8 2.7 6S9.9 12.2 8 14c-1.9-1.8-2.7-3.8-2.7-6S6.1 3.8 8 2Z" /></>,
  bus: <><path d="M1.8 8h12.4M4.6 8V4.6M11.4 8V4.6M8 8v3.4" /><circle cx="4.6" cy="3.4" r="1.2" /><circle cx="11.4" cy="3.4" r="1.2" /><circle cx="8" cy="12.6" r="1.2" /></>,
  rule: <path d="M2.2 3h11.6L9.4 8.3v4.5l-2.8 1.2V8.3L2.2 3Z" />,
  queue: <><rect x="2" y="3" width="12" height="3" rx=".8" /><rect x="2" y="8" width="12" height="3" rx=".8" opacity=".75" /><path d="M3.6 13.4h8.8" opacity=".5" /></>,
};

/** The sign of one kind of link. */
export function ChainIcon({ kind }: { kind: LinkKind }) {
  return (
    <svg width="15" height="15" viewBox="0 0 16 16" fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" strokeLinejoin="round" aria-hidden>
      {SHAPES[kind]}
    </svg>
  );
}
