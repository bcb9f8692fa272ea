import Button from "@cloudscape-design/components/button";
import ButtonDropdown from "@cloudscape-design/components/button-dropdown";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { DeliveryDetail } from "../../../ipc/bindings/DeliveryDetail";
import type { DeliveryRow } from "../../../ipc/bindings/DeliveryRow";
import { useEnvironment } from "../../../ipc/queries/useEnvironment";
import { copyText } from "../../../kit/copyText";
import { isForDoctor } from "../../../kit/verdicts";
import { useNotify } from "../../../notify/NotifyContext";
import { paths } from "../../../router/paths";
import { useFollow } from "../../../router/useFollow";
import { usePublishAgain } from "../api/usePublishAgain";
import { awsCommand } from "../model/awsCommand";

interface PanelActionsProps {
  row: DeliveryRow;
  detail: DeliveryDetail | undefined;
  onEdit: () => void;
}

const COPIES = [
  { id: "json", text: "As JSON" },
  { id: "cli", text: "As AWS CLI command" },
];

/** Why it did not arrive, redeliver, edit and resend, copy; which rules would take it. */
export function PanelActions({ row, detail, onEdit }: PanelActionsProps) {
  const notify = useNotify();
  const environment = useEnvironment().data;
  const again = usePublishAgain(row.id);
  const redeliver = () => again.mutate(null, { onError: (error) => notify.fail("The event was not published again", error, "again") });
  const copy = async (id: string) => {
    if (!detail) return;
    const text = id === "cli" ? awsCommand(detail, environment) : JSON.stringify(detail, null, 2);
    try {
      await copyText(Promise.resolve(text));
      notify.show({ type: "success", header: id === "cli" ? "The AWS CLI command was copied" : "The delivery was copied as JSON", id: "copy-delivery" });
    } catch (error) {
      notify.fail("The delivery could not be copied", error as Error, "copy-delivery");
    }
  };
  const follow = useFollow();
  return (
    <SpaceBetween direction="horizontal" size="xs">
      {isForDoctor(row.verdict) && <Button href={paths.doctor(row.action_id, { delivery: row.id })} onFollow={follow} data-testid="ask-doctor">Ask the doctor</Button>}
      <ButtonDropdown items={COPIES} disabled={!detail} onItemClick={({ detail: chosen }) => void copy(chosen.id)}>Copy</ButtonDropdown>
      <Button disabled={!detail} onClick={onEdit}>Edit and resend…</Button>
      <Button iconName="redo" loading={again.isPending} onClick={redeliver} data-testid="redeliver">Redeliver</Button>
    </SpaceBetween>
  );
}
