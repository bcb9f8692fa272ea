import type { Verdict as VerdictCode } from "../../../ipc/bindings/Verdict";
import { formatCount } from "../../../kit/format";
import { Verdict } from "../../../kit/Verdict";
import { VERDICT_ORDER, VERDICTS } from "../../../kit/verdicts";
import type { RowCounts } from "../model/counts";

interface VerdictFiltersProps {
  counts: RowCounts;
  chosen: readonly VerdictCode[];
  onToggle: (verdict: VerdictCode) => void;
}

/** Shown even at zero: what everybody looks for. */
const ALWAYS: readonly VerdictCode[] = ["delivered", "missing"];

/** The verdicts with their counts; each is a switch that narrows the stream. */
export function VerdictFilters({ counts, chosen, onToggle }: VerdictFiltersProps) {
  const shown = VERDICT_ORDER.filter((verdict) => counts[verdict] > 0 || ALWAYS.includes(verdict) || chosen.includes(verdict));
  return (
    <div className="verdict-filters" role="group" aria-label="Filter by verdict">
      {shown.map((verdict) => (
        <button key={verdict} type="button" aria-pressed={chosen.includes(verdict)} onClick={() => onToggle(verdict)} data-testid={`filter-${verdict}`}>
          <Verdict verdict={verdict} muted={counts[verdict] === 0}>{`${formatCount(counts[verdict])} ${VERDICTS[verdict].word}`}</Verdict>
        </button>
      ))}
    </div>
  );
}
