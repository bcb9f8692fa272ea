import ButtonDropdown from "@cloudscape-design/components/button-dropdown";
import type { ChainView } from "../../../ipc/bindings/ChainView";
import { useEnvironment } from "../../../ipc/queries/useEnvironment";
import { navigate } from "../../../router/location";
import { useOpenPage } from "../api/useOpenPage";
import { awsPage, chainMenu } from "../model/chainMenu";

/** Where else a chain leads: its set-up, its alert action, and its resources in the AWS console. */
export function ChainMenu({ chain }: { chain: ChainView }) {
  const environment = useEnvironment().data;
  const open = useOpenPage();
  const choose = (id: string) => {
    const page = awsPage(id);
    if (page === null) navigate(id);
    else open.mutate(page);
  };
  return (
    <ButtonDropdown
      variant="icon"
      ariaLabel={`More of ${chain.action.name}`}
      items={chainMenu(chain, environment?.kind)}
      expandToViewport
      onItemClick={({ detail }) => choose(detail.id)}
    />
  );
}
