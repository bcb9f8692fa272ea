import Button from "@cloudscape-design/components/button";
import Spinner from "@cloudscape-design/components/spinner";
import Box from "@cloudscape-design/components/box";
import type { DeliveryFilter } from "../../../ipc/bindings/DeliveryFilter";
import { EmptyState } from "../../../kit/EmptyState";
import { paths } from "../../../router/paths";
import { useFollow } from "../../../router/useFollow";
import { narrows } from "../model/filter";

interface NoRowsProps {
  loading: boolean;
  /** Whether there is nothing older that was not looked at. */
  searchedAll: boolean;
  filter: DeliveryFilter;
  onClear: () => void;
}

/** Why there are no rows: being read, filtered out, or nothing published yet. */
export function NoRows({ loading, searchedAll, filter, onClear }: NoRowsProps) {
  const follow = useFollow();
  if (loading) return <Box textAlign="center" padding="l" color="text-body-secondary"><Spinner /> Reading the deliveries…</Box>;
  if (narrows(filter)) {
    return (
      <EmptyState title="No matches" action={<Button onClick={onClear}>Clear filter</Button>}>
        {searchedAll ? "No delivery passes this filter." : "No delivery that was looked at passes this filter; older ones were not looked at."}
      </EmptyState>
    );
  }
  if (filter.run_id !== null) return <EmptyState title="No deliveries in this run">Nothing was published in it, or there is no such run.</EmptyState>;
  return (
    <EmptyState title="No deliveries" action={<Button href={paths.overview()} onFollow={follow}>Prove a chain on the overview</Button>}>
      Nothing has been published yet. Each event shows here as soon as it is sent.
    </EmptyState>
  );
}
