import { useState } from "react";
import { useQuery } from "@tanstack/react-query";
import Box from "@cloudscape-design/components/box";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Spinner from "@cloudscape-design/components/spinner";
import { Code } from "../../../kit/Code";
import { ErrorState } from "../../../kit/ErrorState";
import { formatBytes } from "../../../kit/format";
import { Verdict } from "../../../kit/Verdict";
import { envelopesQuery } from "../api/actions";

/** The envelope of each event type as this alert action publishes it, as saved. */
export function ActionEvents({ id }: { id: string }) {
  const [open, setOpen] = useState(false);
  return (
    <ExpandableSection variant="container" headerText="Events that it publishes" headerDescription="The exact envelopes, as saved; ids are drawn when an event is published." expanded={open} onChange={({ detail }) => setOpen(detail.expanded)}>
      {open && <Envelopes id={id} />}
    </ExpandableSection>
  );
}

function Envelopes({ id }: { id: string }) {
  const { data, error, refetch } = useQuery(envelopesQuery(id));
  const [wanted, setWanted] = useState<string | null>(null);
  if (error) return <ErrorState title="The envelopes could not be prepared" error={error} onRetry={() => void refetch()} />;
  const shown = data?.find(({ event_type }) => event_type === wanted) ?? data?.[0];
  if (!data || !shown) return <Spinner />;
  const options = data.map(({ event_type, emitted }) => ({ value: event_type, label: event_type, labelTag: emitted ? undefined : "withheld" }));
  return (
    <SpaceBetween size="xs">
      <div className="wb-row">
        <Select ariaLabel="Event type of the envelope" options={options} selectedOption={options.find(({ value }) => value === shown.event_type) ?? null} onChange={({ detail }) => setWanted(detail.selectedOption.value ?? null)} />
        {shown.emitted ? <Verdict verdict="delivered">Is put on the bus</Verdict> : <Verdict verdict="held_back">Withheld: not chosen for this alert action</Verdict>}
        <Box color="text-body-secondary" fontSize="body-s">{`${formatBytes(shown.bytes)} of ${formatBytes(shown.limit)}`}</Box>
      </div>
      <Code label={`Envelope of ${shown.event_type}`} maxHeight={360}>{shown.envelope}</Code>
    </SpaceBetween>
  );
}
