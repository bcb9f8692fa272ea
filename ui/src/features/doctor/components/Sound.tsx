import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { AlertActionView } from "../../../ipc/bindings/AlertActionView";
import { Glyph } from "../../../kit/Glyph";
import { Link } from "../../../kit/Link";
import { paths } from "../../../router/paths";
import { useFollow } from "../../../router/useFollow";
import { useNotify } from "../../../notify/NotifyContext";
import { useProof } from "../../../runs/useProof";
import type { Examination } from "../model/useExamination";
import { OpenChecks } from "./OpenChecks";
import { RepairProof } from "./RepairProof";

/** Nothing is wrong: what that means, and what to do then. */
export function Sound({ action, examination }: { action: AlertActionView; examination: Examination }) {
  const { prove, run } = useProof(action.id);
  const notify = useNotify();
  const start = (how?: { logged: boolean }) => prove.mutate(how, { onError: (error) => notify.fail("The proof could not be started", error, "prove-sound") });
  const follow = useFollow();
  const last = run ?? examination.chain.data?.last_run ?? null;
  const proving = prove.isPending || run?.state === "running";
  const open = examination.checks.filter((check) => check.outcome === "suspect" || check.outcome === "unknown");
  if (action.chain !== "complete") {
    return <Container header={<Header variant="h2" actions={<Button variant="primary" href={paths.setup(action.id)} onFollow={follow}>Continue set-up</Button>}>The set-up is not finished</Header>}>Nothing that stands so far is broken.</Container>;
  }
  return (
    <Container
      data-testid="sound"
      header={
        <Header
          variant="h2"
          info={<span className="doctor-phrase t-ok"><Glyph verdict="delivered" size={13} />No cause was found</span>}
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              {last?.proven === false && <Button disabled={proving} onClick={() => start({ logged: true })} data-testid="prove-logged">Prove it with bus logging</Button>}
              <Button variant="primary" iconName="play" loading={proving} loadingText="Proving" onClick={() => start()} data-testid="prove">Prove it</Button>
            </SpaceBetween>
          }
        >
          The chain is sound
        </Header>
      }
    >
      <SpaceBetween size="s">
        <div className="doctor-why">{advice(last?.proven)}</div>
        <OpenChecks checks={open} choose={examination.choose} />
        {run && <RepairProof run={run} chosen={action.event_types} />}
        <ul className="doctor-advice">
          {last && <li><Link href={paths.deliveries(last.run_id)}>Deliveries of the last run</Link> tell of each event what became of it. What is late, doubled or changed only on the way shows there, and in no check.</li>}
          {last?.proven === false && <li>With bus logging the event bus writes down which rules matched and what became of each delivery; the doctor shows it beside its checks. Afterwards the event bus logs as before.</li>}
          <li><Link href={paths.doctor(action.id, { tab: "rules" })}>Which rules would this event match?</Link> answers for one event, also one of your own.</li>
        </ul>
      </SpaceBetween>
    </Container>
  );
}

function advice(proven: boolean | undefined): string {
  if (proven === undefined) return "Nothing stands in the way of the events, but none was published yet: prove it.";
  return proven ? "Nothing stands in the way of the events, and the last run was proven. Prove it again if something changed since." : "Nothing stands in the way of the events now, though the last run was not proven: prove it again.";
}
