import { useState } from "react";
import { useQuery } from "@tanstack/react-query";
import Box from "@cloudscape-design/components/box";
import Spinner from "@cloudscape-design/components/spinner";
import { Page } from "../../../app/frame/Page";
import type { SetupDraft } from "../../../ipc/bindings/SetupDraft";
import { ErrorState } from "../../../kit/ErrorState";
import { paths } from "../../../router/paths";
import { draftQuery } from "../api/drafts";
import { SetupWizard } from "./SetupWizard";

const CRUMBS = [{ text: "Set up", href: paths.setup() }];

/** Opens the wizard where it was left; later changes of the draft are the wizard's own. */
export function SetupWizardLoader({ actionId }: { actionId: string | null }) {
  const draft = useQuery({ ...draftQuery(actionId), staleTime: 0, gcTime: 0 });
  const [start, setStart] = useState<SetupDraft | null>(null);
  if (!start && draft.data && !draft.isFetching) setStart(draft.data);
  if (start) return <SetupWizard start={start} />;
  return (
    <Page crumbs={CRUMBS}>
      {draft.isError
        ? <ErrorState page="Set up" title="The set-up could not be opened" error={draft.error} onRetry={() => void draft.refetch()} />
        : <Box textAlign="center" padding="xxl"><Spinner /> Opening the set-up…</Box>}
    </Page>
  );
}
