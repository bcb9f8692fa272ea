import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import type { AlertActionView } from "../../../ipc/bindings/AlertActionView";
import type { CheckView } from "../../../ipc/bindings/CheckView";
import { useFollow } from "../../../router/useFollow";
import { nextStepOf } from "../model/nextStep";

/** A cause that Waybill cannot mend by itself: who can, and where. */
export function NoRepair({ action, check }: { action: AlertActionView; check: CheckView }) {
  const follow = useFollow();
  const next = nextStepOf(check.id, action.id, action.chain === "complete");
  return (
    <Alert type="info" header="Waybill offers no repair for this" action={next && <Button href={next.href} onFollow={follow}>{next.text}</Button>}>
      What to do stands in the sentence above. Check again once it is done.
    </Alert>
  );
}
