import { useRef } from "react";
import TextFilter from "@cloudscape-design/components/text-filter";
import { formatCount } from "../../../kit/format";
import { useHeight } from "../../../kit/useHeight";
import { useRuns } from "../api/useRuns";
import { countsOf } from "../model/counts";
import type { useDeliveryFilter } from "../model/useDeliveryFilter";
import { VerdictFilters } from "./VerdictFilters";

interface FilterRowProps {
  filtering: ReturnType<typeof useDeliveryFilter>;
  waiting: number;
  onShowNew: () => void;
  /** Its height, since it stays in sight above the head of the table. */
  onHeight: (px: number) => void;
}

/** Text filter, the place of the "new" pill, and the counts that filter by verdict. */
export function FilterRow({ filtering, waiting, onShowNew, onHeight }: FilterRowProps) {
  const runs = useRuns().data ?? [];
  const { filter, text, setText, toggle } = filtering;
  const row = useRef<HTMLDivElement>(null);
  useHeight(row, onHeight);
  return (
    <div className="filter-row" ref={row}>
      <div className="filter-text">
        <TextFilter
          filteringText={text}
          filteringPlaceholder="Filter by event type, incident or id"
          filteringAriaLabel="Filter deliveries"
          onChange={({ detail }) => setText(detail.filteringText)}
        />
      </div>
      <span className="filter-new">
        {waiting > 0 && (
          <button type="button" className="pill" onClick={onShowNew} data-testid="new-pill">↑ {formatCount(waiting)} new</button>
        )}
      </span>
      <VerdictFilters counts={countsOf(runs, filter.run_id)} chosen={filter.verdicts} onToggle={toggle} />
    </div>
  );
}
