import type { CheckView } from "../../../ipc/bindings/CheckView";
import { Glyph } from "../../../kit/Glyph";
import { Prose } from "../../../kit/Prose";
import type { RovingCell } from "../../../kit/useRoving";
import { OUTCOMES } from "../model/outcomes";

interface CheckRowProps {
  check: CheckView;
  selected: boolean;
  onSelect: () => void;
  roving: RovingCell;
}

/** One check in the list: what is asked, the answer in a line, and what it came to. */
export function CheckRow({ check, selected, onSelect, roving }: CheckRowProps) {
  const { word, tone, sign } = OUTCOMES[check.outcome];
  return (
    <div
      role="option"
      aria-selected={selected}
      aria-label={`${check.question} ${word}`}
      className={`check check-${tone}`}
      data-testid={`check-${check.id}`}
      data-outcome={check.outcome}
      onClick={onSelect}
      {...roving}
      onFocus={() => {
        roving.onFocus();
        onSelect();
      }}
    >
      <span className={`check-sign t-${tone}`}><Glyph verdict={sign} size={15} /></span>
      <span className="check-text">
        <span className="check-question">{check.question}</span>
        <span className="check-answer"><Prose>{check.explanation}</Prose></span>
      </span>
      <span className={`check-word t-${tone}`}>{word}</span>
    </div>
  );
}
