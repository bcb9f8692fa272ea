import { useCallback, useEffect, useMemo, useState } from "react";
import Container from "@cloudscape-design/components/container";
import type { DeliveryRow } from "../../../ipc/bindings/DeliveryRow";
import { ErrorState } from "../../../kit/ErrorState";
import { StreamTable } from "../../../kit/stream/StreamTable";
import { useAtTop } from "../../../kit/useAtTop";
import { useDeliveries } from "../api/useDeliveries";
import { useStream } from "../api/useStream";
import { rowsOf } from "../model/pages";
import type { useDeliveryFilter } from "../model/useDeliveryFilter";
import { COLUMNS } from "./columns";
import { FilterRow } from "./FilterRow";
import { NoRows } from "./NoRows";

interface StreamProps {
  filtering: ReturnType<typeof useDeliveryFilter>;
  live: boolean;
  selected: DeliveryRow | null;
  onSelect: (row: DeliveryRow | null) => void;
}

/** Height of the strip and the toolbar, below which everything scrolls. */
const FRAME_PX = 84;

/** The deliveries, newest on top; while the reader is further down, new ones wait behind a count. */
export function Stream({ filtering, live, selected, onSelect }: StreamProps) {
  const { filter } = filtering;
  const atTop = useAtTop();
  const [filterPx, setFilterPx] = useState(0);
  const page = useDeliveries(filter);
  const following = live ? (atTop ? "all" : "verdicts") : "stopped";
  // An answer on its way would overwrite what is put in meanwhile.
  const stream = useStream(filter, following, page.isSuccess && !page.isFetching);
  const rows = useMemo(() => rowsOf(page.data), [page.data]);
  const select = useCallback((key: string | null) => onSelect(rows.find((row) => String(row.id) === key) ?? null), [onSelect, rows]);
  useSelectedRow(rows, selected, onSelect);
  const showNew = () => {
    stream.release();
    window.scrollTo({ top: 0 });
  };
  return (
    <Container>
      <FilterRow filtering={filtering} waiting={following === "all" ? 0 : stream.waiting} onShowNew={showNew} onHeight={setFilterPx} />
      {page.isError ? (
        <ErrorState title="The deliveries could not be read" error={page.error} onRetry={() => void page.refetch()} />
      ) : (
        <StreamTable
          label="Deliveries"
          headTop={FRAME_PX + filterPx}
          columns={COLUMNS}
          rows={rows}
          rowKey={(row) => String(row.id)}
          selected={selected && String(selected.id)}
          onSelect={select}
          onEnd={() => page.hasNextPage && !page.isFetchingNextPage && void page.fetchNextPage()}
          empty={<NoRows loading={page.isPending} filter={filter} onClear={filtering.clear} />}
        />
      )}
    </Container>
  );
}

/** Keeps the selected row true when a live batch renews it. */
function useSelectedRow(rows: readonly DeliveryRow[], selected: DeliveryRow | null, onSelect: (row: DeliveryRow) => void): void {
  useEffect(() => {
    const renewed = selected && rows.find((row) => row.id === selected.id);
    if (renewed && renewed !== selected) onSelect(renewed);
  }, [onSelect, rows, selected]);
}
