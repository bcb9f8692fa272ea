import { useQuery } from "@tanstack/react-query";
import Box from "@cloudscape-design/components/box";
import Spinner from "@cloudscape-design/components/spinner";
import { Page } from "../../app/frame/Page";
import { actionsQuery } from "../../forms/action/queries";
import { ErrorState } from "../../kit/ErrorState";
import { useLocation } from "../../router/location";
import { paths } from "../../router/paths";
import { NothingToPublish } from "./components/NothingToPublish";
import { PublishView } from "./components/PublishView";

const CRUMBS = [{ text: "Publish", href: paths.publish() }];

/** The composer of one event, and runs of many. */
export default function PublishPage() {
  const [id] = useLocation().rest;
  const actions = useQuery(actionsQuery());
  const chosen = actions.data?.find((action) => action.id === id) ?? actions.data?.find((action) => action.chain === "complete") ?? actions.data?.[0];
  return (
    <Page crumbs={CRUMBS}>
      <div data-testid="view-publish">
        {actions.isPending && <Box textAlign="center" padding="xxl"><Spinner /> Reading the alert actions…</Box>}
        {actions.isError && <ErrorState page="Publish" title="The alert actions could not be read" error={actions.error} onRetry={() => void actions.refetch()} />}
        {actions.data && !chosen && <NothingToPublish />}
        {actions.data && chosen && <PublishView key={chosen.id} action={chosen} actions={actions.data} />}
      </div>
    </Page>
  );
}
