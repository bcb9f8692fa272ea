import { useQueries, useQuery } from "@tanstack/react-query";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { Page } from "../../../app/frame/Page";
import { actionsQuery } from "../../../forms/action/queries";
import { ErrorState } from "../../../kit/ErrorState";
import { paths } from "../../../router/paths";
import { draftQuery } from "../api/drafts";
import { EntryTable } from "./EntryTable";
import { NewDraft } from "./NewDraft";

const CRUMBS = [{ text: "Set up", href: paths.setup() }];

/** Which alert action to go on with, or a new one. */
export function SetupEntry() {
  const actions = useQuery(actionsQuery());
  const fresh = useQuery(draftQuery(null));
  const drafts = useQueries({ queries: (actions.data ?? []).map(({ id }) => draftQuery(id)) });
  const rows = (actions.data ?? []).map((action, index) => ({ action, draft: drafts[index]?.data ?? null }));
  return (
    <Page crumbs={CRUMBS} contentType="table">
      {actions.isError
        ? <ErrorState page="Set up" title="The alert actions could not be read" error={actions.error} onRetry={() => void actions.refetch()} />
        : (
          <SpaceBetween size="s">
            {fresh.data?.saved_at && <NewDraft draft={fresh.data} />}
            <EntryTable rows={rows} loading={actions.isPending} />
          </SpaceBetween>
        )}
    </Page>
  );
}
