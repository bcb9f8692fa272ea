import Button from "@cloudscape-design/components/button";
import { EmptyState } from "../../../kit/EmptyState";
import { paths } from "../../../router/paths";
import { useFollow } from "../../../router/useFollow";

/** Before there is an alert action to publish through. */
export function NothingToPublish() {
  return (
    <EmptyState title="No alert actions" action={<Button variant="primary" href={paths.newSetup()} onFollow={useFollow()}>Set up step by step</Button>}>
      Events are published through an alert action; the wizard leads from there to the queue.
    </EmptyState>
  );
}
