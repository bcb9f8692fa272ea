import "./faults.css";

/** The sign of the fault lab: a flask. */
export function FaultMark() {
  return (
    <svg className="fault-mark" width="18" height="18" viewBox="0 0 16 16" fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" strokeLinejoin="round" aria-hidden>
      <path d="M6 1.8h4M6.8 1.8v4L3 12.4a1.2 1.2 0 0 0 1 1.8h8a1.2 1.2 0 0 0 1-1.8L9.2 5.8v-4M4.9 9.6h6.2" />
    </svg>
  );
}
