import { useQuery } from "@tanstack/react-query";
import { Page } from "../../../app/frame/Page";
import { ErrorState } from "../../../kit/ErrorState";
import { paths } from "../../../router/paths";
import { sourcesQuery } from "../api/sources";
import { SourcesTable } from "./SourcesTable";

const CRUMBS = [{ text: "Alert sources", href: paths.sources() }];

/** The list of alert sources. */
export function SourceList() {
  const sources = useQuery(sourcesQuery());
  return (
    <Page crumbs={CRUMBS} contentType="table">
      {sources.isError
        ? <ErrorState page="Alert sources" title="The alert sources could not be read" error={sources.error} onRetry={() => void sources.refetch()} />
        : <SourcesTable sources={sources.data ?? []} loading={sources.isPending} />}
    </Page>
  );
}
