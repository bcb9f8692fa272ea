import Button from "@cloudscape-design/components/button";
import { EmptyState } from "../../../kit/EmptyState";
import { paths } from "../../../router/paths";
import { useFollow } from "../../../router/useFollow";

/** On a connection other than the sandbox, before there is an alert action. */
export function NoActions() {
  const follow = useFollow();
  return (
    <EmptyState title="No alert actions" action={<Button variant="primary" href={paths.setup()} onFollow={follow}>Set up step by step</Button>}>
      An alert action says which events of an alert source go to which AWS account.
    </EmptyState>
  );
}
