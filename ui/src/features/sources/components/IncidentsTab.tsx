import { useState } from "react";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { AlertSourceDetail } from "../../../ipc/bindings/AlertSourceDetail";
import type { IncidentStepReport } from "../../../ipc/bindings/IncidentStepReport";
import { IncidentPanel } from "./IncidentPanel";
import { IncidentsTable } from "./IncidentsTable";
import { RaiseIncidentModal } from "./RaiseIncidentModal";

/** The tab "Incidents": the list, the chosen incident with its possible steps, and what each step did. */
export function IncidentsTab({ detail }: { detail: AlertSourceDetail }) {
  const [raising, setRaising] = useState(false);
  const [chosenId, setChosenId] = useState<string | null>(null);
  const [reports, setReports] = useState<readonly IncidentStepReport[]>([]);
  const incidents = detail.incidents;
  const chosen = incidents.find((incident) => incident.id === chosenId) ?? null;
  const onReport = (report: IncidentStepReport) => {
    setReports((before) => [report, ...before]);
    setChosenId(report.incident.id);
  };
  return (
    <SpaceBetween size="m">
      <IncidentsTable incidents={incidents} chosen={chosen} onChoose={setChosenId} onRaise={() => setRaising(true)} />
      {chosen && <IncidentPanel key={chosen.id} incident={chosen} reports={reports.filter((report) => report.incident.id === chosen.id)} onReport={onReport} />}
      {raising && (
        <RaiseIncidentModal
          source={detail.source}
          onDone={(report) => {
            setRaising(false);
            onReport(report);
          }}
          onDismiss={() => setRaising(false)}
        />
      )}
    </SpaceBetween>
  );
}
