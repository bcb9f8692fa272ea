import { useQuery } from "@tanstack/react-query";
import Box from "@cloudscape-design/components/box";
import Spinner from "@cloudscape-design/components/spinner";
import { Page } from "../../app/frame/Page";
import { actionsQuery } from "../../forms/action/queries";
import type { AlertActionView } from "../../ipc/bindings/AlertActionView";
import { ErrorState } from "../../kit/ErrorState";
import { useLocation } from "../../router/location";
import { paths } from "../../router/paths";
import { DoctorView } from "./components/DoctorView";
import { NobodyToAskAbout } from "./components/NobodyToAskAbout";
import "./doctor.css";

const DOCTOR = { text: "Doctor", href: paths.doctor() };

/** Why events of an alert action do not arrive, and the repair. */
export default function DoctorPage() {
  const [id] = useLocation().rest;
  const actions = useQuery(actionsQuery());
  const action = actions.data && chosen(actions.data, id);
  const crumbs = action ? [DOCTOR, { text: action.name, href: paths.doctor(action.id) }] : [DOCTOR];
  return (
    <Page crumbs={crumbs}>
      <div data-testid="view-doctor">
        {actions.isPending && <Box textAlign="center" padding="xxl"><Spinner /> Reading the alert actions…</Box>}
        {actions.isError && <ErrorState page="Doctor" title="The alert actions could not be read" error={actions.error} onRetry={() => void actions.refetch()} />}
        {actions.data && !action && <NobodyToAskAbout gone={id} />}
        {actions.data && action && <DoctorView key={action.id} action={action} actions={actions.data} />}
      </div>
    </Page>
  );
}

/** The one of the address; without an address the first whose chain was set up. */
function chosen(actions: readonly AlertActionView[], id: string | undefined): AlertActionView | undefined {
  if (id !== undefined) return actions.find((action) => action.id === id);
  return actions.find((action) => action.chain === "complete") ?? actions[0];
}
