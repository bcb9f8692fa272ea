import { useMemo, useState } from "react";
import { useCollection } from "@cloudscape-design/collection-hooks";
import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import PropertyFilter from "@cloudscape-design/components/property-filter";
import Table from "@cloudscape-design/components/table";
import type { AlertActionView } from "../../../ipc/bindings/AlertActionView";
import { EmptyState } from "../../../kit/EmptyState";
import { FILTER_WORDS } from "../../../kit/filterWords";
import { paths } from "../../../router/paths";
import { useFollow } from "../../../router/useFollow";
import { ACTION_PROPERTIES, listed } from "../model/actionFilter";
import { ACTION_COLUMNS } from "./actionColumns";
import { ActionButtons, type Doing } from "./ActionButtons";
import { ActionDialog } from "./ActionDialog";
import { ActionPreferences, useShownColumns } from "./ActionPreferences";
import "../../../forms/action/action.css";

interface ActionsTableProps {
  actions: readonly AlertActionView[];
  loading: boolean;
}

const WORDS = { ...FILTER_WORDS, allPropertiesLabel: "All properties" };

/** Every alert action, with what can be done to one and to several. */
export function ActionsTable({ actions, loading }: ActionsTableProps) {
  const [doing, setDoing] = useState<Doing | null>(null);
  const follow = useFollow();
  const { shown } = useShownColumns();
  const rows = useMemo(() => actions.map(listed), [actions]);
  const create = <Button href={paths.newAction()} onFollow={follow}>Create alert action</Button>;
  const { items, propertyFilterProps, collectionProps, actions: table } = useCollection(rows, {
    propertyFiltering: {
      empty: <EmptyState title="No alert actions" action={create}>An alert action publishes the incidents of an alert source to Amazon EventBridge.</EmptyState>,
      noMatch: <EmptyState title="No matches" action={<Button onClick={() => table.setPropertyFiltering({ operation: "and", tokens: [] })}>Clear filter</Button>} />,
      filteringProperties: ACTION_PROPERTIES,
    },
    sorting: { defaultState: { sortingColumn: { sortingField: "name" } } },
    selection: { trackBy: "id" },
  });
  const chosen = collectionProps.selectedItems ?? [];
  return (
    <>
      <Table
        {...collectionProps}
        variant="full-page"
        items={items}
        loading={loading}
        loadingText="Reading the alert actions"
        columnDefinitions={ACTION_COLUMNS}
        columnDisplay={ACTION_COLUMNS.map(({ id = "" }) => ({ id, visible: shown.includes(id) }))}
        wrapLines
        selectionType="multi"
        ariaLabels={{ tableLabel: "Alert actions", selectionGroupLabel: "Choose alert actions", allItemsSelectionLabel: () => "Choose all", itemSelectionLabel: (_, action) => action.name }}
        header={
          <Header
            variant="h1"
            counter={chosen.length > 0 ? `(${chosen.length}/${actions.length})` : `(${actions.length})`}
            description="Each publishes the incidents of one alert source to one AWS account and region."
            actions={<ActionButtons chosen={chosen} any={actions.length > 0} onDo={setDoing} />}
          >
            Alert actions
          </Header>
        }
        filter={<PropertyFilter {...propertyFilterProps} i18nStrings={WORDS} expandToViewport filteringPlaceholder="Find an alert action" filteringAriaLabel="Find an alert action" />}
        preferences={<ActionPreferences />}
      />
      {doing && <ActionDialog doing={doing} onDone={() => { setDoing(null); table.setSelectedItems([]); }} onDismiss={() => setDoing(null)} />}
    </>
  );
}
