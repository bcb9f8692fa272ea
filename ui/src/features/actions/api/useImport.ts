import type { ImportPlan } from "../../../ipc/bindings/ImportPlan";
import { useNotify } from "../../../notify/NotifyContext";
import { useImportActions } from "./transfer";

const count = (plan: ImportPlan, kind: "create" | "change") => plan.lines.filter((line) => line.kind === kind).length;

/** Imports a document and says what became of it. */
export function useImport(onDone: () => void) {
  const imports = useImportActions();
  const notify = useNotify();
  const onSuccess = (plan: ImportPlan) => {
    const said = [`${count(plan, "create")} made`, `${count(plan, "change")} changed`].join(", ");
    notify.show({ type: "success", header: `The alert actions were imported: ${said}`, id: "import-actions" });
    onDone();
  };
  return { error: imports.error, isPending: imports.isPending, start: (text: string) => imports.mutate(text, { onSuccess }) };
}
