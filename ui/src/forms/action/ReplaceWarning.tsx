import { useQuery } from "@tanstack/react-query";
import Alert from "@cloudscape-design/components/alert";
import { updateWarningQuery } from "./queries";
import { useDebounced } from "../useDebounced";
import type { ActionForm } from "../../ipc/bindings/ActionForm";

const PAUSE_MS = 250;

/** Says before saving that another account or region replaces the partner event source. */
export function ReplaceWarning({ id, form, start }: { id: string; form: ActionForm; start: ActionForm }) {
  const typed = useDebounced(form, PAUSE_MS);
  const moved = typed.account !== start.account || typed.region !== start.region;
  const warning = useQuery({ ...updateWarningQuery(id, typed), enabled: moved });
  if (!moved || !warning.data) return null;
  return <Alert type="warning" header="Saving replaces the partner event source">{warning.data}</Alert>;
}
