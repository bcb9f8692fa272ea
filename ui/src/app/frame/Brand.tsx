/** The mark and the name of the program. */
export function Brand() {
  return (
    <div className="strip-brand">
      <Mark size={20} accent="#a78bfa" />
      Waybill
    </div>
  );
}

/** The mark alone: a waybill with its W. */
export function Mark({ size, accent = "currentColor" }: { size: number; accent?: string }) {
  return (
    <svg width={size} height={size} viewBox="0 0 20 20" fill="none" strokeWidth="1.7" strokeLinecap="round" strokeLinejoin="round" aria-hidden>
      <rect x="1" y="3" width="18" height="14" rx="3" stroke="currentColor" />
      <path d="m4.6 7.2 2.1 6 2.4-6h1.7l2.5 6 2.1-6" stroke={accent} />
    </svg>
  );
}
