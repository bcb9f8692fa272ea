import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import { Mark } from "../../../app/frame/Brand";
import { Chain } from "../../../kit/Chain";
import { Link } from "../../../kit/Link";
import { EVENT_TYPES, shortType } from "../../../kit/eventTypes";
import { usePrimaryKey } from "../../../kit/usePrimaryKey";
import { paths } from "../../../router/paths";
import { useProve } from "../api/useProve";
import { plannedLinks } from "../model/plannedLinks";
import { useMaking } from "../api/useMaking";
import { FirstRunFacts } from "./FirstRunFacts";

/** First launch: one click makes the demo action and its chain and proves it. */
export function FirstRun() {
  const prove = useProve();
  const making = useMaking();
  usePrimaryKey(() => !prove.isPending && prove.mutate(null));
  return (
    <>
      <div className="hero">
        <div className="hero-mark"><Mark size={30} /></div>
        <h1>The sandbox is ready</h1>
        <p>
          Waybill makes a demo alert action, sets up its chain, publishes the nine <b className="wb-nowrap">incident-*</b> events and reads each one
          back from the queue. It takes less than a minute and never leaves this computer.
        </p>
        <div className="hero-action">
          <Button variant="primary" iconName="play" loading={prove.isPending} loadingText="Making the demo chain" onClick={() => prove.mutate(null)} data-testid="prove">
            Run the nine-event proof
          </Button>
        </div>
        <div className="hero-more">
          <Link href={paths.setup()}>Set up step by step</Link>
          <Link href={paths.connections()}>Connect to AWS</Link>
        </div>
      </div>
      <Container>
        <p className="first-caption">Each link lights up once it has been read back as real. Each event turns green only when it has come out of the queue.</p>
        <Chain label="The chain to be made" links={plannedLinks(making)} />
        <div className="first-proof">
          <div><b>Proof</b><div className="wb-small wb-secondary">0 of 9 delivered</div></div>
          <ul aria-label="Events to be published">{EVENT_TYPES.map((type) => <li key={type}>{shortType(type)}</li>)}</ul>
        </div>
      </Container>
      <FirstRunFacts />
    </>
  );
}
