import { useState } from "react";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import CopyToClipboard from "@cloudscape-design/components/copy-to-clipboard";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { ChainState } from "../../../forms/action/ChainState";
import type { AlertActionView } from "../../../ipc/bindings/AlertActionView";
import { Link } from "../../../kit/Link";
import { TimeText } from "../../../kit/TimeText";
import { navigate } from "../../../router/location";
import { paths } from "../../../router/paths";
import { DeleteActionsModal } from "./DeleteActionsModal";
import { PermissionsModal } from "./PermissionsModal";

/** What iLert and AWS know of an alert action, and what can be done with it as a whole. */
export function ActionFacts({ action }: { action: AlertActionView }) {
  const [deleting, setDeleting] = useState(false);
  const [asking, setAsking] = useState(false);
  const setUp = action.chain === "complete" ? "Review set-up" : "Continue set-up";
  return (
    <Container
      header={
        <Header
          variant="h2"
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              <Button formAction="none" onClick={() => navigate(paths.setup(action.id))}>{setUp}</Button>
              <Button formAction="none" onClick={() => navigate(paths.copyAction(action.id))}>Duplicate</Button>
              <Button formAction="none" onClick={() => setAsking(true)}>Permissions…</Button>
              <Button formAction="none" onClick={() => setDeleting(true)}>Delete…</Button>
            </SpaceBetween>
          }
        >
          Chain
        </Header>
      }
    >
      <KeyValuePairs
        columns={4}
        items={[
          { label: "State", value: <ChainState state={action.chain} /> },
          { label: "Alert source", value: <Link href={paths.source(action.alert_source_id)}>{action.alert_source}</Link> },
          { label: "Partner event source", value: <CopyToClipboard variant="inline" copyButtonAriaLabel="Copy" textToCopy={action.partner_source} copySuccessText="Copied" copyErrorText="Could not copy" /> },
          { label: "Created", value: <TimeText at={action.created_at} show="date-time" /> },
        ]}
      />
      {asking && <PermissionsModal action={action} onDismiss={() => setAsking(false)} />}
      {deleting && <DeleteActionsModal actions={[action]} onDone={() => navigate(paths.actions())} onDismiss={() => setDeleting(false)} />}
    </Container>
  );
}
