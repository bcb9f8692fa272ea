import Button from "@cloudscape-design/components/button";
import { useEnvironment } from "../../../ipc/queries/useEnvironment";
import type { Examination } from "../model/useExamination";

/** Makes the repair that is shown below it, and proves the chain again. */
export function ApplyButton({ examination }: { examination: Examination }) {
  const readOnly = useEnvironment().data?.mode === "read_only";
  return (
    <Button
      variant="primary"
      loading={examination.repair.isPending}
      loadingText="Repairing and proving"
      disabled={readOnly || examination.undo.isPending || examination.diagnosis.isFetching}
      disabledReason={readOnly ? "This connection may only read." : undefined}
      onClick={examination.apply}
      data-testid="apply-repair"
      data-hotspot="apply-repair"
    >
      Apply repair and prove again
    </Button>
  );
}
