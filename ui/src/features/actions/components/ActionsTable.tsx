import { useState } from "react";
import { useCollection } from "@cloudscape-design/collection-hooks";
import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import Table from "@cloudscape-design/components/table";
import TextFilter from "@cloudscape-design/components/text-filter";
import type { AlertActionView } from "../../../ipc/bindings/AlertActionView";
import { EmptyState } from "../../../kit/EmptyState";
import { paths } from "../../../router/paths";
import { useFollow } from "../../../router/useFollow";
import { ACTION_COLUMNS } from "./actionColumns";
import { ActionButtons } from "./ActionButtons";
import "../../../forms/action/action.css";
import { DeleteActionModal } from "./DeleteActionModal";

interface ActionsTableProps {
  actions: readonly AlertActionView[];
  loading: boolean;
}

/** Every alert action, with what can be done to one. */
export function ActionsTable({ actions, loading }: ActionsTableProps) {
  const [deleting, setDeleting] = useState<AlertActionView | null>(null);
  const follow = useFollow();
  const create = <Button href={paths.newAction()} onFollow={follow}>Create alert action</Button>;
  const { items, filterProps, collectionProps, actions: table } = useCollection(actions, {
    filtering: {
      empty: <EmptyState title="No alert actions" action={create}>An alert action publishes the incidents of an alert source to Amazon EventBridge.</EmptyState>,
      noMatch: <EmptyState title="No matches" action={<Button onClick={() => table.setFiltering("")}>Clear filter</Button>} />,
      fields: ["name", "alert_source", "account", "region", "partner_source"],
    },
    sorting: { defaultState: { sortingColumn: { sortingField: "name" } } },
    selection: { trackBy: "id" },
  });
  return (
    <>
      <Table
        {...collectionProps}
        variant="full-page"
        items={items}
        loading={loading}
        loadingText="Reading the alert actions"
        columnDefinitions={ACTION_COLUMNS}
        wrapLines
        selectionType="single"
        ariaLabels={{ tableLabel: "Alert actions", selectionGroupLabel: "Choose an alert action", itemSelectionLabel: (_, action) => action.name }}
        header={
          <Header
            variant="h1"
            counter={`(${actions.length})`}
            description="Each publishes the incidents of one alert source to one AWS account and region."
            actions={<ActionButtons chosen={collectionProps.selectedItems?.[0] ?? null} onDelete={setDeleting} />}
          >
            Alert actions
          </Header>
        }
        filter={<TextFilter {...filterProps} filteringPlaceholder="Find an alert action" filteringAriaLabel="Find an alert action" />}
      />
      {deleting && <DeleteActionModal action={deleting} onDone={() => { setDeleting(null); table.setSelectedItems([]); }} onDismiss={() => setDeleting(null)} />}
    </>
  );
}
