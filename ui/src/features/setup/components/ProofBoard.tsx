import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { EventType } from "../../../ipc/bindings/EventType";
import type { RunSummary } from "../../../ipc/bindings/RunSummary";
import type { SetupDraft } from "../../../ipc/bindings/SetupDraft";
import { Board } from "../../../kit/Board";
import { ErrorState } from "../../../kit/ErrorState";
import { paths } from "../../../router/paths";
import { RunCounts } from "../../../runs/RunCounts";
import { RunLinks } from "../../../runs/RunLinks";
import { useRunBoard } from "../../../runs/useRunBoard";
import type { Proof } from "../../../runs/useProof";

/** The nine event types turning green, each when that very event has been read back from the queue. */
export function ProofBoard({ draft, proof }: { draft: SetupDraft; proof: Proof }) {
  const { run, prove } = proof;
  const cells = useRunBoard(run?.run_id ?? null, draft.action.event_types as EventType[]);
  const { text, tone } = headline(run);
  return (
    <Container
      data-testid="proof"
      header={<Header variant="h2" description="Each cell turns green only when that very event has been read back from the queue." actions={run && <RunLinks run={run} />}>Proof</Header>}
    >
      <SpaceBetween size="s">
        {prove.error && <ErrorState title="The proof could not be started" error={prove.error} />}
        <b className={`t-${tone}`} role="status" data-testid="proof-headline">{text}</b>
        <Board cells={cells} label="Proof of the nine event types" named why={(cell) => paths.doctor(run?.action_id, { run: run?.run_id, event: cell.event_type })} />
        {run && <RunCounts run={run} />}
      </SpaceBetween>
    </Container>
  );
}

function headline(run: RunSummary | null): { text: string; tone: string } {
  if (!run) return { text: "The chain stands: prove it", tone: "idle" };
  if (run.state === "running") return { text: `${run.delivered} of ${run.total} delivered`, tone: "info" };
  if (run.proven) return { text: `Proven ${run.delivered + run.held_back}/${run.total}`, tone: "ok" };
  return { text: `Not proven: ${run.delivered} of ${run.total} delivered`, tone: "bad" };
}
