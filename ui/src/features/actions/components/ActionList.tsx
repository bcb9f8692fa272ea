import { useQuery } from "@tanstack/react-query";
import { Page } from "../../../app/frame/Page";
import { actionsQuery } from "../../../forms/action/queries";
import { ErrorState } from "../../../kit/ErrorState";
import { paths } from "../../../router/paths";
import { ActionsTable } from "./ActionsTable";

const CRUMBS = [{ text: "Alert actions", href: paths.actions() }];

/** The list of alert actions. */
export function ActionList() {
  const actions = useQuery(actionsQuery());
  return (
    <Page crumbs={CRUMBS} contentType="table">
      {actions.isError
        ? <ErrorState page="Alert actions" title="The alert actions could not be read" error={actions.error} onRetry={() => void actions.refetch()} />
        : <ActionsTable actions={actions.data ?? []} loading={actions.isPending} />}
    </Page>
  );
}
