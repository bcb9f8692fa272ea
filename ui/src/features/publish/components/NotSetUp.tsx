import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import type { AlertActionView } from "../../../ipc/bindings/AlertActionView";
import { paths } from "../../../router/paths";
import { useFollow } from "../../../router/useFollow";

/** The chain of this alert action is not finished: nothing would arrive. */
export function NotSetUp({ action }: { action: AlertActionView }) {
  return (
    <Alert type="warning" header="The chain is not set up" action={<Button href={paths.setup(action.id)} onFollow={useFollow()}>Continue set-up</Button>}>
      Events of this alert action would not reach a queue. Finish the set-up first.
    </Alert>
  );
}
