import type { AlertSourceView } from "../../../ipc/bindings/AlertSourceView";
import { useCreateSource, useRenameSource } from "../api/sources";
import { DeleteSourceModal } from "./DeleteSourceModal";
import { NameModal } from "./NameModal";

export type SourceAsk = { ask: "create" } | { ask: "rename" | "delete"; source: AlertSourceView };

interface SourceDialogProps {
  asked: SourceAsk | null;
  onClose: () => void;
  onCreated?: (source: AlertSourceView) => void;
  onDeleted?: () => void;
}

/** The dialog that was asked for, if any. */
export function SourceDialog({ asked, onClose, onCreated, onDeleted }: SourceDialogProps) {
  if (!asked) return null;
  if (asked.ask === "create") return <CreateDialog onClose={onClose} onCreated={onCreated} />;
  if (asked.ask === "rename") return <RenameDialog source={asked.source} onClose={onClose} />;
  const onDone = () => {
    onClose();
    onDeleted?.();
  };
  return <DeleteSourceModal source={asked.source} onDone={onDone} onDismiss={onClose} />;
}

function CreateDialog({ onClose, onCreated }: Pick<SourceDialogProps, "onClose" | "onCreated">) {
  const onDone = (source: AlertSourceView) => {
    onClose();
    onCreated?.(source);
  };
  return (
    <NameModal title="Create alert source" submit="Create alert source" failed="The alert source was not created" initial="" save={useCreateSource()} onDone={onDone} onDismiss={onClose} />
  );
}

function RenameDialog({ source, onClose }: { source: AlertSourceView; onClose: () => void }) {
  return (
    <NameModal title={`Rename alert source ${source.name}`} submit="Rename" failed="The alert source was not renamed" initial={source.name} save={useRenameSource(source.id)} onDone={onClose} onDismiss={onClose} />
  );
}
