import type { ReactNode } from "react";
import type { Verdict as VerdictCode } from "../ipc/bindings/Verdict";

const SHAPES: Record<VerdictCode, ReactNode> = {
  delivered: <path d="M3.2 8.6 6.6 12 13 4.6" />,
  held_back: <path d="M2.6 8h5.8M6 5.2 8.8 8 6 10.8M12.6 3.4v9.2" />,
  late: <><circle cx="8" cy="8" r="5.6" /><path d="M8 4.8V8l2.2 1.6" /></>,
  duplicate: <><rect x="2.6" y="5.2" width="8" height="8" rx="1.4" /><path d="M5.6 2.8h6.2c.9 0 1.6.7 1.6 1.6v6" /></>,
  changed: <path d="M3 6h9.5M9.8 3.2 12.6 6M13 10H3.5M6.2 12.8 3.4 10" />,
  waiting: <path d="M3.4 8h.02M8 8h.02M12.6 8h.02" strokeWidth="2.8" />,
  missing: <path d="m4 4 8 8M12 4l-8 8" />,
  rejected: <><circle cx="8" cy="8" r="5.6" /><path d="m4.2 11.8 7.6-7.6" /></>,
  unexpected: <path d="M8 3v6M8 12.6h.02" strokeWidth="2.2" />,
  unknown: <path d="M5.4 5.6a2.6 2.6 0 1 1 4 2.2C8.5 8.4 8 8.9 8 9.9M8 12.9h.02" />,
  not_sent: <circle cx="8" cy="8" r="4.6" strokeDasharray="2.2 2.2" />,
};

/** The sign of a verdict; always beside its word, or in a labelled cell. */
export function Glyph({ verdict, size = 14 }: { verdict: VerdictCode; size?: number }) {
  return (
    <svg className="glyph" width={size} height={size} viewBox="0 0 16 16" fill="none" stroke="currentColor" strokeWidth="1.9" strokeLinecap="round" strokeLinejoin="round" aria-hidden>
      {SHAPES[verdict]}
    </svg>
  );
}
