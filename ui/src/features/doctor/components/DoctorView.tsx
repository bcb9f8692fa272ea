import { lazy, Suspense } from "react";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Spinner from "@cloudscape-design/components/spinner";
import Tabs from "@cloudscape-design/components/tabs";
import { FaultStrip } from "../../../faults/FaultStrip";
import type { AlertActionView } from "../../../ipc/bindings/AlertActionView";
import { navigate, useLocation } from "../../../router/location";
import { paths, type DoctorAbout } from "../../../router/paths";
import { useExamination } from "../model/useExamination";
import { AskedAbout } from "./AskedAbout";
import { DiagnosisTab } from "./DiagnosisTab";
import { DoctorHeader } from "./DoctorHeader";

/** The editor comes with its own code, which a diagnosis does not need. */
const RulesTab = lazy(() => import("./RulesTab"));

interface DoctorViewProps {
  action: AlertActionView;
  actions: readonly AlertActionView[];
}

/** The doctor of one alert action: the diagnosis, and which rules an event would match. */
export function DoctorView({ action, actions }: DoctorViewProps) {
  const { query } = useLocation();
  const examination = useExamination(action.id);
  const tab = query.get("tab") === "rules" ? "rules" : "diagnosis";
  const open = (id: string) => navigate(paths.doctor(action.id, { ...aboutOf(query), tab: id === "rules" ? "rules" : undefined }), { replace: true });
  return (
    <SpaceBetween size="xs">
      <DoctorHeader action={action} actions={actions} examination={examination} />
      <FaultStrip />
      <AskedAbout />
      <Tabs
        activeTabId={tab}
        onChange={({ detail }) => open(detail.activeTabId)}
        disableContentPaddings
        tabs={[
          { id: "diagnosis", label: "Why do events not arrive?", content: <DiagnosisTab action={action} examination={examination} /> },
          { id: "rules", label: "Which rules would this event match?", content: tab === "rules" && <Suspense fallback={<Spinner />}><RulesTab action={action} delivery={query.get("delivery")} /></Suspense> },
        ]}
      />
    </SpaceBetween>
  );
}

function aboutOf(query: URLSearchParams): DoctorAbout {
  const delivery = query.get("delivery");
  return { run: query.get("run") ?? undefined, event: query.get("event") ?? undefined, delivery: delivery === null ? undefined : Number(delivery) };
}
