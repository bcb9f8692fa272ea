import { useState } from "react";
import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table, { type TableProps } from "@cloudscape-design/components/table";
import { ChainState } from "../../../forms/action/ChainState";
import type { AlertActionView } from "../../../ipc/bindings/AlertActionView";
import type { SetupDraft } from "../../../ipc/bindings/SetupDraft";
import { EmptyState } from "../../../kit/EmptyState";
import { Link } from "../../../kit/Link";
import { paths } from "../../../router/paths";
import { useFollow } from "../../../router/useFollow";
import { AdoptModal } from "./AdoptModal";
import { DraftMark } from "./DraftMark";

export interface EntryRow {
  action: AlertActionView;
  draft: SetupDraft | null;
}

const COLUMNS: TableProps.ColumnDefinition<EntryRow>[] = [
  { id: "name", header: "Alert action", isRowHeader: true, cell: ({ action }) => <Link href={paths.setup(action.id)}>{action.name}</Link> },
  { id: "source", header: "Alert source", cell: ({ action }) => action.alert_source },
  { id: "account", header: "Account and region", cell: ({ action }) => <span className="wb-num">{`${action.account} · ${action.region}`}</span> },
  { id: "chain", header: "Chain", cell: ({ action }) => <ChainState state={action.chain} /> },
  { id: "draft", header: "Left at", cell: ({ draft }) => (draft?.saved_at ? <DraftMark step={draft.step} at={draft.saved_at} /> : "–") },
  { id: "go", header: "Set-up", cell: (row) => <GoOn row={row} /> },
];

/** The alert actions with how far each is set up. */
export function EntryTable({ rows, loading }: { rows: readonly EntryRow[]; loading: boolean }) {
  const follow = useFollow();
  const [adopting, setAdopting] = useState(false);
  const start = (
    <SpaceBetween direction="horizontal" size="xs">
      <Button onClick={() => setAdopting(true)} data-testid="adopt">Adopt what exists…</Button>
      <Button variant="primary" href={paths.newSetup()} onFollow={follow} data-testid="setup-new">Start with a new alert action</Button>
    </SpaceBetween>
  );
  const table = (
    <Table
      variant="full-page"
      items={rows}
      trackBy={({ action }) => action.id}
      loading={loading}
      loadingText="Reading the alert actions"
      columnDefinitions={COLUMNS}
      ariaLabels={{ tableLabel: "Alert actions to set up" }}
      header={
        <Header variant="h1" description="From the alert action to the SQS queue in six steps, in the order of the iLert page. It can be left and resumed at any step." actions={start}>
          Set up
        </Header>
      }
      empty={<EmptyState title="No alert actions" action={<Button href={paths.newSetup()} onFollow={follow}>Start with a new alert action</Button>}>The wizard leads from there to nine proven deliveries.</EmptyState>}
    />
  );
  return <>{table}{adopting && <AdoptModal onDismiss={() => setAdopting(false)} />}</>;
}

function GoOn({ row: { action, draft } }: { row: EntryRow }) {
  const word = action.chain === "complete" && !draft?.saved_at ? "Review set-up" : "Continue set-up";
  return (
    <Button variant="inline-link" href={paths.setup(action.id)} onFollow={useFollow()} ariaLabel={`${word} of ${action.name}`}>{word}</Button>
  );
}
