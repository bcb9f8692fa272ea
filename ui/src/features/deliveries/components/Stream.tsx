import { useCallback, useEffect, useMemo, useState } from "react";
import Container from "@cloudscape-design/components/container";
import type { DeliveryRow } from "../../../ipc/bindings/DeliveryRow";
import { ErrorState } from "../../../kit/ErrorState";
import { StreamTable } from "../../../kit/stream/StreamTable";
import { useAtTop } from "../../../kit/useAtTop";
import { useBook } from "../api/useBook";
import { useStream } from "../api/useStream";
import { countOf, indexOf, placeAt, rowsOf } from "../model/book";
import type { useDeliveryFilter } from "../model/useDeliveryFilter";
import { COLUMNS } from "./columns";
import { FilterRow } from "./FilterRow";
import { NoRows } from "./NoRows";
import { Searching } from "./Searching";

interface StreamProps {
  filtering: ReturnType<typeof useDeliveryFilter>;
  live: boolean;
  selected: DeliveryRow | null;
  onSelect: (row: DeliveryRow | null) => void;
}

/** Height of the strip and the toolbar, below which everything scrolls. */
const FRAME_PX = 84;
const rowKey = (row: DeliveryRow) => String(row.id);

/** The deliveries, newest on top; while the reader is further down, new ones wait behind a count. */
export function Stream({ filtering, live, selected, onSelect }: StreamProps) {
  const { filter } = filtering;
  const atTop = useAtTop();
  const [filterPx, setFilterPx] = useState(0);
  const list = useBook(filter);
  const following = live ? (atTop ? "all" : "verdicts") : "stopped";
  // An answer on its way would overwrite what is put in meanwhile.
  const stream = useStream(filter, following, list.isSuccess && !list.isFetching);
  const book = useMemo(() => list.data ?? [], [list.data]);
  const count = useMemo(() => countOf(book), [book]);
  const place = useMemo(() => indexOf(book, selected?.id), [book, selected?.id]);
  useSelectedRow(book, selected, onSelect);
  const { need } = list;
  const onNeed = useCallback(
    (indexes: readonly number[]) => new Set(indexes.map((index) => placeAt(book, index)?.sheet)).forEach((sheet) => sheet !== undefined && need(sheet)),
    [book, need],
  );
  const showNew = () => {
    stream.release();
    window.scrollTo({ top: 0 });
  };
  return (
    <Container>
      <FilterRow filtering={filtering} waiting={following === "all" ? 0 : stream.waiting} onShowNew={showNew} onHeight={setFilterPx} />
      {list.isError && list.error ? (
        <ErrorState title="The deliveries could not be read" error={list.error} onRetry={list.retry} />
      ) : (
        <StreamTable
          label="Deliveries"
          headTop={FRAME_PX + filterPx}
          columns={COLUMNS}
          count={count}
          rowAt={(index) => placeAt(book, index)?.row}
          rowKey={rowKey}
          selected={place}
          onSelect={onSelect}
          onNeed={onNeed}
          onEnd={() => void list.more()}
          empty={!list.searching && <NoRows loading={list.isPending} searchedAll={!list.hasMore} filter={filter} onClear={filtering.clear} />}
        />
      )}
      <Searching searching={list.searching} found={count} hasMore={list.hasMore} onStop={list.stop} onMore={() => void list.more()} />
    </Container>
  );
}

/** Keeps the selected row true when a live batch renews it. */
function useSelectedRow(book: Parameters<typeof rowsOf>[0], selected: DeliveryRow | null, onSelect: (row: DeliveryRow) => void): void {
  const id = selected?.id;
  const renewed = useMemo(() => (id === undefined ? undefined : rowsOf(book).find((row) => row.id === id)), [book, id]);
  useEffect(() => {
    if (renewed && renewed !== selected) onSelect(renewed);
  }, [onSelect, renewed, selected]);
}
