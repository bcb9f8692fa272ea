import { useState } from "react";
import ButtonDropdown from "@cloudscape-design/components/button-dropdown";
import { CodeModal } from "../../../chains/CodeModal";
import type { ChainView } from "../../../ipc/bindings/ChainView";
import { useEnvironment } from "../../../ipc/queries/useEnvironment";
import { navigate } from "../../../router/location";
import { useOpenPage } from "../api/useOpenPage";
import { awsPage, chainMenu, CODE } from "../model/chainMenu";

/** What else can be done with a chain: its set-up, its alert action, its code, and its resources in the AWS console. */
export function ChainMenu({ chain }: { chain: ChainView }) {
  const environment = useEnvironment().data;
  const open = useOpenPage();
  const [exporting, setExporting] = useState(false);
  const choose = (id: string) => {
    const page = awsPage(id);
    if (id === CODE) setExporting(true);
    else if (page === null) navigate(id);
    else open.mutate(page);
  };
  return (
    <>
      <ButtonDropdown
        variant="icon"
        ariaLabel={`More of ${chain.action.name}`}
        items={chainMenu(chain, environment?.kind)}
        expandToViewport
        onItemClick={({ detail }) => choose(detail.id)}
      />
      {exporting && <CodeModal actionId={chain.action.id} name={chain.action.name} onDismiss={() => setExporting(false)} />}
    </>
  );
}
