import Container from "@cloudscape-design/components/container";
import type { ChainView } from "../../../ipc/bindings/ChainView";
import { Chain } from "../../../kit/Chain";
import { Link } from "../../../kit/Link";
import { paths } from "../../../router/paths";
import { chainItems } from "../../../chains/chainItems";
import { unreadItems } from "../model/unread";
import { ChainFoot } from "./ChainFoot";
import { ChainMenu } from "./ChainMenu";
import { ProofPanel } from "./ProofPanel";

/** One chain: its links, its proof, and one sentence with the evidence. */
export function ChainCard({ chain }: { chain: ChainView }) {
  const { action } = chain;
  return (
    <Container data-testid={`chain-${action.name}`}>
      <article className="card" aria-label={action.name}>
        <div className="card-head">
          <h2><Link href={paths.action(action.id)} fontSize="heading-s">{action.name}</Link></h2>
          <span className="wb-secondary wb-small">{`${action.type} · account ${action.account} · ${action.region}`}</span>
          <span className="wb-grow" />
          <ChainMenu chain={chain} />
        </div>
        <div className="card-body">
          <Chain label={`Chain of ${action.name}`} links={chain.unread ? unreadItems(chain) : chainItems(chain)} />
          <ProofPanel chain={chain} />
        </div>
        <ChainFoot chain={chain} />
      </article>
    </Container>
  );
}
