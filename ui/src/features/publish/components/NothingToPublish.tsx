import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { EmptyState } from "../../../kit/EmptyState";
import { paths } from "../../../router/paths";
import { useFollow } from "../../../router/useFollow";

/** Before there is an alert action to publish through. */
export function NothingToPublish() {
  return (
    <SpaceBetween size="s">
      <Header variant="h1">Publish</Header>
      <EmptyState title="No alert actions" action={<Button variant="primary" href={paths.newSetup()} onFollow={useFollow()}>Set up step by step</Button>}>
        Events are published through an alert action; the wizard leads from there to the queue.
      </EmptyState>
    </SpaceBetween>
  );
}
