import { Page } from "../../app/frame/Page";
import { ErrorState } from "../../kit/ErrorState";
import { useEnvironment } from "../../ipc/queries/useEnvironment";
import { useInteractive } from "../../kit/useInteractive";
import { paths } from "../../router/paths";
import { useOverview } from "./api/useOverview";
import { Chains } from "./components/Chains";
import { FirstRun } from "./components/FirstRun";
import { NoActions } from "./components/NoActions";
import { ReadingChains } from "./components/ReadingChains";
import "./overview.css";

const CRUMBS = [{ text: "Overview", href: paths.overview() }];

/** Every chain with its state and its last proof; before there is one, the first run. */
export default function OverviewPage() {
  const overview = useOverview();
  const environment = useEnvironment();
  useInteractive(overview.data !== undefined && environment.data !== undefined);
  return (
    <Page crumbs={CRUMBS}>
      {overview.isPending && <ReadingChains />}
      {overview.isError && <ErrorState page={overview.data ? undefined : "Overview"} title="The chains could not be read" error={overview.error} onRetry={() => void overview.refetch()} />}
      {overview.data?.length === 0 && (environment.data?.kind === "sandbox" ? <FirstRun /> : <NoActions />)}
      {overview.data && overview.data.length > 0 && (
        <Chains chains={overview.data} reading={overview.isFetching} onReadAgain={() => void overview.refetch()} />
      )}
    </Page>
  );
}
