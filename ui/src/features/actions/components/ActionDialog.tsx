import { lazy, Suspense } from "react";
import { CodeModal } from "../../../chains/CodeModal";
import type { Doing } from "./ActionButtons";
import { DeleteActionsModal } from "./DeleteActionsModal";
import { ExportModal } from "./ExportModal";
import { SpreadModal } from "./SpreadModal";

/** The editor comes with its own code, which the list does not need. */
const ImportModal = lazy(() => import("./ImportModal"));

interface ActionDialogProps {
  doing: Doing;
  onDone: () => void;
  onDismiss: () => void;
}

/** The dialog of what is being done to alert actions. */
export function ActionDialog({ doing, onDone, onDismiss }: ActionDialogProps) {
  const ends = { onDone, onDismiss };
  switch (doing.what) {
    case "delete":
      return <DeleteActionsModal actions={doing.actions} {...ends} />;
    case "spread":
      return <SpreadModal action={doing.action} {...ends} />;
    case "export":
      return <ExportModal actions={doing.actions} onDismiss={onDismiss} />;
    case "code":
      return <CodeModal actionId={doing.action.id} name={doing.action.name} onDismiss={onDismiss} />;
    case "import":
      return <Suspense><ImportModal {...ends} /></Suspense>;
  }
}
