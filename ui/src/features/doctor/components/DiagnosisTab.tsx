import Container from "@cloudscape-design/components/container";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { AlertActionView } from "../../../ipc/bindings/AlertActionView";
import { IpcError } from "../../../ipc/error";
import { Chain } from "../../../kit/Chain";
import { ErrorState } from "../../../kit/ErrorState";
import { usePrimaryKey } from "../../../kit/usePrimaryKey";
import { brokenChain } from "../model/brokenChain";
import type { Examination } from "../model/useExamination";
import { CheckList } from "./CheckList";
import { CheckPanel } from "./CheckPanel";
import { RepairOutcome } from "./RepairOutcome";
import { Sound } from "./Sound";

/** The drawn chain, the checks in causal order, and the one that is looked at. */
export function DiagnosisTab({ action, examination }: { action: AlertActionView; examination: Examination }) {
  const { chain, diagnosis, checks, selected, apply, again } = examination;
  const busy = examination.repair.isPending || examination.undo.isPending;
  usePrimaryKey(() => {
    if (busy || diagnosis.isFetching) return;
    if (selected?.outcome === "cause" && selected.repair) apply();
    else void again();
  });
  if (diagnosis.isError) return <Unexamined error={diagnosis.error} onRetry={() => void again()} />;
  return (
    <SpaceBetween size="xs">
      {chain.data && chain.data.links.length > 0 && (
        <Container><div className="doctor-chain"><Chain label={`Chain of ${action.name}`} links={brokenChain(chain.data, checks)} /></div></Container>
      )}
      <RepairOutcome action={action} examination={examination} />
      <div className="doctor-columns">
        <CheckList examination={examination} />
        {diagnosis.data && (
          <SpaceBetween size="xs">
            {diagnosis.data.healthy && <Sound action={action} examination={examination} />}
            {selected && <CheckPanel key={selected.id} action={action} check={selected} examination={examination} />}
          </SpaceBetween>
        )}
      </div>
    </SpaceBetween>
  );
}

function Unexamined({ error, onRetry }: { error: Error; onRetry: () => void }) {
  const away = error instanceof IpcError && error.code === "unreachable";
  return <ErrorState title={away ? "AWS does not answer, so nothing can be said about the chain" : "The chain could not be examined"} error={error} onRetry={onRetry} />;
}
