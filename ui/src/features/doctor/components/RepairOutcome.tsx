import { useEffect, useRef } from "react";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import type { AlertActionView } from "../../../ipc/bindings/AlertActionView";
import { ErrorState } from "../../../kit/ErrorState";
import { Link } from "../../../kit/Link";
import { paths } from "../../../router/paths";
import { repairWords } from "../model/repairWords";
import type { Examination } from "../model/useExamination";
import { LastRepair } from "./LastRepair";
import { RepairProof } from "./RepairProof";
import { Undone } from "./Undone";

/** What became of a repair: how far it is, the proof turning green, and Undo. */
export function RepairOutcome({ action, examination }: { action: AlertActionView; examination: Examination }) {
  const { repair, undo, takeBack } = examination;
  const top = useInSightOn(repair.isPending);
  if (undo.data) return <Undone undone={undo.data} />;
  if (repair.error) return <ErrorState title="The repair was not made" error={repair.error} />;
  if (!repair.isPending && !repair.data) return <LastRepair examination={examination} />;
  const { type, text } = repairWords(repair.isPending ? examination.phase : null, repair.data, examination.proof);
  const run = repair.data?.proof ?? examination.proof;
  return (
    <div ref={top} className="repair-outcome">
      <Container
        data-testid="repair-outcome"
        data-hotspot="repair-outcome"
        header={
          <Header
            variant="h2"
            description={<span role="status" data-testid="repair-headline"><StatusIndicator type={type}>{text}</StatusIndicator></span>}
            actions={
              <SpaceBetween direction="horizontal" size="s" alignItems="center">
                {run && <Link href={paths.deliveries(run.run_id)}>See its deliveries</Link>}
                {repair.data && repair.data.repaired.length > 0 && <Button iconName="undo" loading={undo.isPending} onClick={takeBack} data-testid="undo-repair">Undo repair</Button>}
              </SpaceBetween>
            }
          >
            Repair and proof
          </Header>
        }
      >
        <SpaceBetween size="xs">
          {undo.error && <ErrorState title="The repair was not taken back" error={undo.error} />}
          {repair.data?.repaired.map((done) => <div key={done.id} className="wb-small">{done.sentence} <span className="wb-mono">{done.steps.map((step) => step.call).join(", ")}</span></div>)}
          {run && <RepairProof run={run} chosen={action.event_types} />}
        </SpaceBetween>
      </Container>
    </div>
  );
}

/** Brings it into sight when it begins, so that the proof turns green before one's eyes. */
function useInSightOn(begins: boolean) {
  const top = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (begins) top.current?.scrollIntoView({ block: "nearest" });
  }, [begins]);
  return top;
}
