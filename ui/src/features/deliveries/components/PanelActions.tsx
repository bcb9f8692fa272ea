import Button from "@cloudscape-design/components/button";
import ButtonDropdown from "@cloudscape-design/components/button-dropdown";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { DeliveryDetail } from "../../../ipc/bindings/DeliveryDetail";
import type { DeliveryRow } from "../../../ipc/bindings/DeliveryRow";
import { useEnvironment } from "../../../ipc/queries/useEnvironment";
import { copyText } from "../../../kit/copyText";
import { useNotify } from "../../../notify/NotifyContext";
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

/** Redeliver, edit and resend, copy. */
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
  return (
    <SpaceBetween direction="horizontal" size="xs">
      <ButtonDropdown items={COPIES} disabled={!detail} onItemClick={({ detail: chosen }) => void copy(chosen.id)}>Copy</ButtonDropdown>
      <Button disabled={!detail} onClick={onEdit}>Edit and resend…</Button>
      <Button iconName="redo" loading={again.isPending} onClick={redeliver} data-testid="redeliver">Redeliver</Button>
    </SpaceBetween>
  );
}
