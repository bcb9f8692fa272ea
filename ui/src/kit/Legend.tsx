import { Glyph } from "./Glyph";
import { VERDICT_ORDER, VERDICTS } from "./verdicts";
import "./board.css";

/** What the signs of the boards mean. */
export function Legend() {
  return (
    <ul className="legend" aria-label="Verdicts">
      {VERDICT_ORDER.map((verdict) => (
        <li key={verdict} title={VERDICTS[verdict].meaning}>
          <span className={`cell cell-mini cell-${VERDICTS[verdict].tone}`}><Glyph verdict={verdict} size={11} /></span>
          {VERDICTS[verdict].word}
        </li>
      ))}
    </ul>
  );
}
