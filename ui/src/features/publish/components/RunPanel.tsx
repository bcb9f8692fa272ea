import { useState } from "react";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { fieldProblems } from "../../../forms/fieldProblems";
import { FormFailure } from "../../../forms/FormFailure";
import { useFocusProblem } from "../../../forms/useFocusProblem";
import type { AlertActionView } from "../../../ipc/bindings/AlertActionView";
import type { EventTypeInfo } from "../../../ipc/bindings/EventTypeInfo";
import type { FieldProblem } from "../../../ipc/bindings/FieldProblem";
import { useLiveRun } from "../../../runs/useLiveRun";
import { useStartRun } from "../api/compose";
import { EMPTY_RUN, readRun, RUN_FIELDS } from "../model/runForm";
import { RunButtons } from "./RunButtons";
import { RunFields } from "./RunFields";
import { RunProgress } from "./RunProgress";

/** A run of many events: what to publish and how fast; while it goes on, how far it is. */
export function RunPanel({ action, known }: { action: AlertActionView; known: readonly EventTypeInfo[] }) {
  const [form, setForm] = useState(EMPTY_RUN);
  const [unreadable, setUnreadable] = useState<readonly FieldProblem[]>([]);
  const start = useStartRun();
  const run = useLiveRun(start.data ?? null);
  const running = start.isPending || run?.state === "running";
  const problems = unreadable.length > 0 ? unreadable : fieldProblems(start.error);
  const within = useFocusProblem(problems);
  const send = () => {
    const read = readRun(action.id, form);
    setUnreadable(read.problems);
    if (read.problems.length === 0) start.mutate(read.start);
  };
  return (
    <Container
      data-testid="run-panel"
      header={
        <Header variant="h2" description="Events cycle through the chosen types; each is followed to its verdict." actions={<RunButtons run={run} running={running} onStart={send} />}>
          Run
        </Header>
      }
    >
      <div ref={within}>
        <SpaceBetween size="s">
          <FormFailure title="The run was not started" error={start.error} fields={RUN_FIELDS} />
          <RunFields form={form} onChange={setForm} known={known} disabled={running} problems={problems} />
          {run && <RunProgress run={run} />}
        </SpaceBetween>
      </div>
    </Container>
  );
}
