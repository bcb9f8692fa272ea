import { useQuery } from "@tanstack/react-query";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Spinner from "@cloudscape-design/components/spinner";
import { ErrorState } from "../../../kit/ErrorState";
import { sandboxQuery } from "../api/connections";
import { CommandLineUse } from "./CommandLineUse";
import { SandboxFacts } from "./SandboxFacts";

/** The embedded sandbox: whether it answers, who it plays, and how other tools reach it. */
export function SandboxPanel() {
  const sandbox = useQuery(sandboxQuery());
  return (
    <Container
      data-testid="sandbox"
      header={
        <Header
          variant="h2"
          description="EventBridge, SQS, STS and Organizations on this computer, over the AWS wire protocols. It plays the partner too."
          actions={<Button iconName="refresh" ariaLabel="Ask the sandbox again" loading={sandbox.isFetching} onClick={() => void sandbox.refetch()} />}
        >
          Sandbox
        </Header>
      }
    >
      {sandbox.isPending && <div><Spinner /> Asking the sandbox…</div>}
      {sandbox.isError && <ErrorState title="The sandbox could not be asked" error={sandbox.error} onRetry={() => void sandbox.refetch()} />}
      {sandbox.data && (
        <SpaceBetween size="m">
          <SandboxFacts sandbox={sandbox.data} />
          <CommandLineUse sandbox={sandbox.data} />
        </SpaceBetween>
      )}
    </Container>
  );
}
