import { useCallback, useState } from "react";
import Button from "@cloudscape-design/components/button";
import Spinner from "@cloudscape-design/components/spinner";
import type { ActivityFilter } from "../../../ipc/bindings/ActivityFilter";
import type { CallView } from "../../../ipc/bindings/CallView";
import { EmptyState } from "../../../kit/EmptyState";
import { Link } from "../../../kit/Link";
import { StreamTable } from "../../../kit/stream/StreamTable";
import { paths } from "../../../router/paths";
import type { Calls } from "../api/useCalls";
import { isNarrow } from "../model/callFilter";
import { useMedia } from "../../../kit/useMedia";
import { COLUMNS, NARROW_COLUMNS } from "./callColumns";

interface CallListProps {
  calls: Calls;
  filter: ActivityFilter;
  selected: CallView | null;
  onSelect: (call: CallView | null) => void;
  onClear: () => void;
}

/** Height of the strip and the toolbar, below which everything scrolls. */
const FRAME_PX = 84;
const rowKey = (call: CallView) => String(call.id);

/** The calls, newest on top. */
export function CallList({ calls, filter, selected, onSelect, onClear }: CallListProps) {
  const { rows } = calls;
  const [key, setKey] = useState<string | null>(null);
  const select = useCallback((call: CallView | null) => {
    setKey(call && rowKey(call));
    onSelect(call);
  }, [onSelect]);
  const place = selected ? rows.findIndex((call) => rowKey(call) === key) : -1;
  return (
    <StreamTable
      label="Calls"
      headTop={FRAME_PX}
      columns={useMedia("(max-width: 1099px)") ? NARROW_COLUMNS : COLUMNS}
      count={rows.length}
      rowAt={(index) => rows[index]}
      rowKey={rowKey}
      selected={place}
      onSelect={select}
      onEnd={() => calls.hasNextPage && !calls.isFetchingNextPage && void calls.fetchNextPage()}
      empty={<NoCalls loading={calls.isPending} narrow={isNarrow(filter)} onClear={onClear} />}
    />
  );
}

function NoCalls({ loading, narrow, onClear }: { loading: boolean; narrow: boolean; onClear: () => void }) {
  if (loading) return <EmptyState title="Reading the calls…"><Spinner /></EmptyState>;
  if (narrow) return <EmptyState title="No matches" action={<Button onClick={onClear}>Clear filter</Button>}>No call passes this filter.</EmptyState>;
  return (
    <EmptyState title="No calls yet" action={<Link href={paths.setup()}>Set up a chain</Link>}>
      Nothing has been written to AWS. Every call that does so will stand here with its input and its request id.
    </EmptyState>
  );
}
