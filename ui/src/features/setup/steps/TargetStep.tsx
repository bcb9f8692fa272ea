import { useState } from "react";
import Checkbox from "@cloudscape-design/components/checkbox";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { problemAt } from "../../../forms/fieldProblems";
import type { QueueForm } from "../../../ipc/bindings/QueueForm";
import { QueueField } from "../components/QueueField";
import type { StepProps } from "./StepContent";

/** Step 5: the SQS queue that gets the events, and one for those that cannot be delivered. */
export function TargetStep({ wizard, actionId }: StepProps) {
  const { draft, obstacle, patchForm } = wizard;
  const { queue, dead_letter } = draft.form;
  const [before, setBefore] = useState<QueueForm>({ choice: "new", name: `${queue.name}-dead-letters`.slice(0, 80) });
  const wantDeadLetter = (wanted: boolean) => {
    if (dead_letter) setBefore(dead_letter);
    patchForm({ dead_letter: wanted ? before : null });
  };
  return (
    <Container header={<Header variant="h2" description="Target type SQS queue. The queue's policy is merged, never overwritten: statements that are there stay.">Select targets</Header>}>
      <SpaceBetween size="m">
        <QueueField
          actionId={actionId}
          group="SQS queue"
          label="Queue name"
          value={queue}
          onChange={(next) => patchForm({ queue: next })}
          problem={problemAt(obstacle.problems, "Queue name")}
        />
        <Checkbox checked={dead_letter !== null} onChange={({ detail }) => wantDeadLetter(detail.checked)} description="Keeps the events that EventBridge cannot deliver to the queue, with the reason.">
          Use a dead-letter queue
        </Checkbox>
        {dead_letter && (
          <div className="nested">
            <QueueField
              actionId={actionId}
              group="Queue for undelivered events"
              label="Dead-letter queue"
              value={dead_letter}
              onChange={(next) => patchForm({ dead_letter: next })}
              problem={problemAt(obstacle.problems, "Dead-letter queue")}
            />
          </div>
        )}
      </SpaceBetween>
    </Container>
  );
}
