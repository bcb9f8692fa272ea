import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { AlertActionView } from "../../../ipc/bindings/AlertActionView";
import type { CheckView } from "../../../ipc/bindings/CheckView";
import { Glyph } from "../../../kit/Glyph";
import { Prose } from "../../../kit/Prose";
import { OUTCOMES } from "../model/outcomes";
import type { Examination } from "../model/useExamination";
import { ApplyButton } from "./ApplyButton";
import { Evidence } from "./Evidence";
import { NoRepair } from "./NoRepair";
import { RepairPanel } from "./RepairPanel";

interface CheckPanelProps {
  action: AlertActionView;
  check: CheckView;
  examination: Examination;
}

/** The check that is looked at: why, by which values, and what would mend it. */
export function CheckPanel({ action, check, examination }: CheckPanelProps) {
  const { phrase, tone, sign } = OUTCOMES[check.outcome];
  const other = (name: string) => {
    const found = examination.checks.find((one) => one.id === name);
    return found && <button type="button" className="doctor-link" onClick={() => examination.choose(found.id)}>{found.question}</button>;
  };
  return (
    <Container
      data-testid="check-panel"
      header={<Header variant="h2" info={<span className={`doctor-phrase t-${tone}`}><Glyph verdict={sign} size={13} />{phrase}</span>} actions={check.repair && <ApplyButton examination={examination} />}>{check.question}</Header>}
    >
      <SpaceBetween size="s">
        <div className="doctor-why" role="status"><Prose name={other}>{check.explanation}</Prose></div>
        <Evidence check={check} />
        {check.repair
          ? <RepairPanel action={action} repair={check.repair} />
          : check.outcome === "cause" && <NoRepair action={action} check={check} />}
      </SpaceBetween>
    </Container>
  );
}
