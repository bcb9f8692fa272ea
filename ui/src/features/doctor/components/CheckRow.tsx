import { Glyph } from "../../../kit/Glyph";
import { Prose } from "../../../kit/Prose";
import type { RovingCell } from "../../../kit/useRoving";
import { OUTCOMES } from "../model/outcomes";
import type { Asked } from "../model/progress";

interface CheckRowProps {
  asked: Asked;
  selected: boolean;
  onSelect: () => void;
  roving: RovingCell;
}

/** A question that has no answer yet. */
const OPEN = { word: "Open", tone: "idle", sign: "waiting" } as const;

/** One check in the list: what is asked, the answer in a line, and what it came to. */
export function CheckRow({ asked: { id, question, check }, selected, onSelect, roving }: CheckRowProps) {
  const { word, tone, sign } = check ? OUTCOMES[check.outcome] : OPEN;
  return (
    <div
      role="option"
      aria-selected={selected}
      className={`check check-${check ? tone : "open"}`}
      data-testid={`check-${id}`}
      data-outcome={check?.outcome ?? "open"}
      onClick={onSelect}
      {...roving}
      onFocus={() => {
        roving.onFocus();
        onSelect();
      }}
    >
      <span className={`check-sign t-${tone}`}><Glyph verdict={sign} size={15} /></span>
      <span className="check-text">
        <span className="check-question">{question}</span>
        <span className="check-answer">{check ? <Prose>{check.explanation}</Prose> : "Being asked"}</span>
      </span>
      <span className={`check-word t-${tone}`}>{word}</span>
    </div>
  );
}
