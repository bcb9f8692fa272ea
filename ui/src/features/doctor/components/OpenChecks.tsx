import type { CheckView } from "../../../ipc/bindings/CheckView";
import { Glyph } from "../../../kit/Glyph";
import { Prose } from "../../../kit/Prose";
import { OUTCOMES } from "../model/outcomes";

interface OpenChecksProps {
  checks: readonly CheckView[];
  choose: (id: string) => void;
}

/** What is no cause but not healthy either: worth a look, or not to be told. */
export function OpenChecks({ checks, choose }: OpenChecksProps) {
  if (checks.length === 0) return null;
  return (
    <ul className="open-checks" aria-label="Worth a look">
      {checks.map((check) => (
        <li key={check.id}>
          <span className={`doctor-phrase t-${OUTCOMES[check.outcome].tone}`}><Glyph verdict={OUTCOMES[check.outcome].sign} size={13} />{OUTCOMES[check.outcome].word}</span>
          <button type="button" className="doctor-link" onClick={() => choose(check.id)}>{check.question}</button>
          <div className="wb-small wb-secondary wb-wrap"><Prose>{check.explanation}</Prose></div>
        </li>
      ))}
    </ul>
  );
}
