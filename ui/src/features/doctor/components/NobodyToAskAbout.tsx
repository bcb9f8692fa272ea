import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useEnvironment } from "../../../ipc/queries/useEnvironment";
import { EmptyState } from "../../../kit/EmptyState";
import { paths } from "../../../router/paths";
import { useFollow } from "../../../router/useFollow";

/** Before there is an alert action to ask about, or after the one that was meant was deleted. */
export function NobodyToAskAbout({ gone }: { gone: string | undefined }) {
  const follow = useFollow();
  const sandbox = useEnvironment().data?.kind === "sandbox";
  return (
    <SpaceBetween size="s">
      <Header variant="h1">Doctor</Header>
      {gone !== undefined && (
        <EmptyState title="There is no such alert action" action={<Button variant="primary" href={paths.doctor()} onFollow={follow}>Ask about another one</Button>}>
          It may have been deleted in another window or on the command line.
        </EmptyState>
      )}
      {gone === undefined && (
        <EmptyState
          title="No alert actions"
          action={sandbox
            ? <Button variant="primary" href={paths.overview()} onFollow={follow}>Run the nine-event proof first</Button>
            : <Button variant="primary" href={paths.newSetup()} onFollow={follow}>Set up step by step</Button>}
        >
          The doctor looks along the chain of an alert action, from its partner event source to its queue, and says why events do not arrive.
        </EmptyState>
      )}
    </SpaceBetween>
  );
}
