import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import Select from "@cloudscape-design/components/select";
import type { AlertActionView } from "../../../ipc/bindings/AlertActionView";
import { copyText } from "../../../kit/copyText";
import { formatDuration } from "../../../kit/format";
import { TimeText } from "../../../kit/TimeText";
import { useNotify } from "../../../notify/NotifyContext";
import { navigate } from "../../../router/location";
import { paths } from "../../../router/paths";
import { runSentence } from "../model/runSentence";
import { reportText } from "../model/report";
import type { Examination } from "../model/useExamination";
import { Requests } from "./Requests";

interface DoctorHeaderProps {
  action: AlertActionView;
  actions: readonly AlertActionView[];
  examination: Examination;
}

/** Whose chain it is, what its last run came to, when and how it was checked; Check again and Copy report. */
export function DoctorHeader({ action, actions, examination }: DoctorHeaderProps) {
  const { diagnosis, again } = examination;
  return (
    <Header
      variant="h1"
      description={<Summary examination={examination} />}
      actions={
        <div className="doctor-actions">
          <Select
            ariaLabel="Alert action"
            selectedOption={{ value: action.id, label: action.name }}
            options={actions.map(({ id, name, alert_source }) => ({ value: id, label: name, description: alert_source }))}
            onChange={({ detail }) => navigate(paths.doctor(detail.selectedOption.value), { replace: true })}
          />
          <CopyReport examination={examination} />
          <Button iconName="refresh" loading={diagnosis.isFetching} loadingText="Checking" onClick={() => void again()} data-testid="check-again">Check again</Button>
        </div>
      }
    >
      Doctor
    </Header>
  );
}

function Summary({ examination: { chain, diagnosis } }: { examination: Examination }) {
  const run = chain.data?.last_run;
  return (
    <span className="doctor-summary wb-num" data-testid="doctor-summary">
      {run ? runSentence(run) : chain.data && "Nothing was published yet."}
      {diagnosis.data && (
        <span>
          {" Checked "}
          <TimeText at={new Date(diagnosis.dataUpdatedAt).toISOString()} show="clock" />
          {`, ${diagnosis.data.checks.length} checks in ${formatDuration(diagnosis.data.duration_ms)}, `}
          <Requests requests={diagnosis.data.requests} calls={diagnosis.data.calls} />.
        </span>
      )}
    </span>
  );
}

function CopyReport({ examination: { diagnosis } }: { examination: Examination }) {
  const notify = useNotify();
  const copy = async () => {
    if (!diagnosis.data) return;
    try {
      await copyText(Promise.resolve(reportText(diagnosis.data, new Date(diagnosis.dataUpdatedAt))));
      notify.show({ type: "success", header: "The diagnosis was copied", content: "Every check that needs a look, with its values, request ids and repair.", id: "copy-diagnosis" });
    } catch (error) {
      notify.fail("The diagnosis could not be copied", error as Error, "copy-diagnosis");
    }
  };
  return <Button iconName="copy" disabled={!diagnosis.data} onClick={() => void copy()}>Copy report</Button>;
}
