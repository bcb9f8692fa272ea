import { useState } from "react";
import ButtonDropdown from "@cloudscape-design/components/button-dropdown";
import { CodeModal } from "../../../chains/CodeModal";
import { DriftModal } from "../../../chains/DriftModal";
import type { ChainView } from "../../../ipc/bindings/ChainView";
import { useEnvironment } from "../../../ipc/queries/useEnvironment";
import { navigate } from "../../../router/location";
import { useOpenPage } from "../api/useOpenPage";
import { useEvidence } from "../../../runs/useEvidence";
import { awsPage, chainMenu, CODE, DRIFT, EVIDENCE } from "../model/chainMenu";

/** What else can be done with a chain: its set-up, its alert action, its code, the evidence of its last proof, its resources in the AWS console. */
export function ChainMenu({ chain }: { chain: ChainView }) {
  const environment = useEnvironment().data;
  const open = useOpenPage();
  const save = useEvidence(chain.last_run?.run_id ?? "");
  const [dialog, setDialog] = useState<string | null>(null);
  const dialogOf = { actionId: chain.action.id, name: chain.action.name, onDismiss: () => setDialog(null) };
  const choose = (id: string) => {
    const page = awsPage(id);
    if (id === CODE || id === DRIFT) setDialog(id);
    else if (id === EVIDENCE) save.mutate("html");
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
      {dialog === CODE && <CodeModal {...dialogOf} />}
      {dialog === DRIFT && <DriftModal {...dialogOf} />}
    </>
  );
}
