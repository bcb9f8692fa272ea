import type { Beat } from "./useBeats";

const PLACES = 12;

/** The last twelve receives as bars; a missed one is a gap, and nothing is flat grey. */
export function Beats({ beats, live }: { beats: readonly Beat[]; live: boolean }) {
  const empty = PLACES - beats.length;
  return (
    <span className="strip-beats" aria-hidden>
      {Array.from({ length: PLACES }, (_, place) => {
        const beat = beats[place - empty];
        return <i key={place} className={live && beat ? `strip-beat-${beat}` : ""} style={{ opacity: 0.35 + place * 0.055 }} />;
      })}
    </span>
  );
}
