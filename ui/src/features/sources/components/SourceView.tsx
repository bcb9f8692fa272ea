import { useQuery } from "@tanstack/react-query";
import Box from "@cloudscape-design/components/box";
import Spinner from "@cloudscape-design/components/spinner";
import { Page } from "../../../app/frame/Page";
import { ErrorState } from "../../../kit/ErrorState";
import { paths } from "../../../router/paths";
import { sourceQuery } from "../api/sources";
import { SourceDetail } from "./SourceDetail";

/** One alert source: its alert actions and its incidents. */
export function SourceView({ id }: { id: number }) {
  const source = useQuery(sourceQuery(id));
  const name = source.data?.source.name ?? String(id);
  return (
    <Page crumbs={[{ text: "Alert sources", href: paths.sources() }, { text: name, href: paths.source(id) }]}>
      {source.isPending && <Box textAlign="center" padding="xxl"><Spinner /> Reading the alert source…</Box>}
      {source.isError && <ErrorState page="Alert source" title="The alert source could not be read" error={source.error} onRetry={() => void source.refetch()} />}
      {source.data && <SourceDetail detail={source.data} />}
    </Page>
  );
}
