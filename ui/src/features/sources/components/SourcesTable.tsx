import { useState } from "react";
import { useCollection } from "@cloudscape-design/collection-hooks";
import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import TextFilter from "@cloudscape-design/components/text-filter";
import type { AlertSourceView } from "../../../ipc/bindings/AlertSourceView";
import { EmptyState } from "../../../kit/EmptyState";
import { navigate } from "../../../router/location";
import { paths } from "../../../router/paths";
import { SOURCE_COLUMNS } from "./sourceColumns";
import { SourceDialog, type SourceAsk } from "./SourceDialog";

interface SourcesTableProps {
  sources: readonly AlertSourceView[];
  loading: boolean;
}

/** Every alert source, with what can be done to one. */
export function SourcesTable({ sources, loading }: SourcesTableProps) {
  const [asked, setAsked] = useState<SourceAsk | null>(null);
  const create = <Button variant="primary" onClick={() => setAsked({ ask: "create" })} data-testid="create-source">Create alert source</Button>;
  const { items, filterProps, collectionProps, actions } = useCollection(sources, {
    filtering: {
      empty: <EmptyState title="No alert sources" action={<Button onClick={() => setAsked({ ask: "create" })}>Create alert source</Button>}>An alert source is where incidents are raised, as in iLert.</EmptyState>,
      noMatch: <EmptyState title="No matches" action={<Button onClick={() => actions.setFiltering("")}>Clear filter</Button>} />,
      fields: ["name", "id"],
    },
    sorting: { defaultState: { sortingColumn: { sortingField: "name" } } },
    selection: { trackBy: (source) => String(source.id) },
  });
  const chosen = collectionProps.selectedItems?.[0];
  return (
    <>
      <Table
        {...collectionProps}
        variant="full-page"
        items={items}
        loading={loading}
        loadingText="Reading the alert sources"
        columnDefinitions={SOURCE_COLUMNS}
        selectionType="single"
        ariaLabels={{ tableLabel: "Alert sources", selectionGroupLabel: "Choose an alert source", itemSelectionLabel: (_, source) => source.name }}
        header={
          <Header
            variant="h1"
            counter={`(${sources.length})`}
            description="Where incidents are raised. Each has its alert actions, which publish them to Amazon EventBridge."
            actions={
              <SpaceBetween direction="horizontal" size="xs">
                <Button disabled={!chosen} onClick={() => chosen && setAsked({ ask: "rename", source: chosen })}>Rename…</Button>
                <Button disabled={!chosen} onClick={() => chosen && setAsked({ ask: "delete", source: chosen })}>Delete…</Button>
                {create}
              </SpaceBetween>
            }
          >
            Alert sources
          </Header>
        }
        filter={<TextFilter {...filterProps} filteringPlaceholder="Find an alert source" filteringAriaLabel="Find an alert source" />}
      />
      <SourceDialog asked={asked} onClose={() => setAsked(null)} onCreated={(source) => navigate(paths.source(source.id))} onDeleted={() => actions.setSelectedItems([])} />
    </>
  );
}
