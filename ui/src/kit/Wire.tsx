export type WireState = "ok" | "bad" | "idle";

/** The wire between two links; a broken one carries a cross. */
export function Wire({ state }: { state: WireState }) {
  return (
    <span className={`wire wire-${state}`} aria-hidden>
      {state === "bad" && (
        <i>
          <svg width="10" height="10" viewBox="0 0 10 10" stroke="currentColor" strokeWidth="2" strokeLinecap="round">
            <path d="m2 2 6 6M8 2 2 8" />
          </svg>
        </i>
      )}
    </span>
  );
}
