import { useMutation, useQueryClient } from "@tanstack/react-query";
import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { SetupDraft } from "../../../ipc/bindings/SetupDraft";
import { keys } from "../../../ipc/keys";
import { ErrorDetail } from "../../../kit/ErrorDetail";
import { paths } from "../../../router/paths";
import { useFollow } from "../../../router/useFollow";
import { discardDraft } from "../api/drafts";
import { DraftMark } from "./DraftMark";

/** A new alert action that was begun and not saved yet. */
export function NewDraft({ draft }: { draft: SetupDraft }) {
  const queries = useQueryClient();
  const follow = useFollow();
  const discard = useMutation({ mutationFn: () => discardDraft(null), onSuccess: () => queries.invalidateQueries({ queryKey: keys.drafts }) });
  return (
    <div data-testid="new-draft">
      <Alert
        type="info"
        header={draft.action.name ? `${draft.action.name} was begun and not saved` : "A new alert action was begun and not saved"}
        action={
          <SpaceBetween direction="horizontal" size="xs">
            <Button loading={discard.isPending} onClick={() => discard.mutate()}>Discard</Button>
            <Button href={paths.newSetup()} onFollow={follow}>Continue</Button>
          </SpaceBetween>
        }
      >
        {draft.saved_at && <DraftMark step={draft.step} at={draft.saved_at} />}
        {discard.error && <ErrorDetail error={discard.error} />}
      </Alert>
    </div>
  );
}
