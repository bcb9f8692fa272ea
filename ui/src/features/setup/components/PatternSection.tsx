import { useState } from "react";
import { useQuery } from "@tanstack/react-query";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SegmentedControl from "@cloudscape-design/components/segmented-control";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { problemAt } from "../../../forms/fieldProblems";
import { useDebounced } from "../../../forms/useDebounced";
import type { FieldProblem } from "../../../ipc/bindings/FieldProblem";
import type { PatternForm } from "../../../ipc/bindings/PatternForm";
import { ErrorState } from "../../../kit/ErrorState";
import { patternQuery } from "../api/plan";
import { indented } from "../model/indented";
import { PatternEditor } from "./PatternEditor";
import { PatternTypes } from "./PatternTypes";
import { PatternTrial } from "./PatternTrial";

const PAUSE_MS = 250;

const CHOICES: Record<PatternForm["choice"], { text: string; about: string }> = {
  all_events: { text: "All Events", about: "As on the iLert page: every event" },
  event_types: { text: "Event types", about: "Only the chosen event types" },
  own: { text: "Own pattern", about: "Your own event pattern" },
};

interface PatternSectionProps {
  actionId: string;
  pattern: PatternForm;
  onChange: (pattern: PatternForm) => void;
  /** The alert action's own event types: a first choice for "Event types". */
  chosenTypes: readonly string[];
  problems: readonly FieldProblem[];
}

/** "Define pattern": three ways to say which events the rule takes, tried on samples as it is typed. */
export function PatternSection({ actionId, pattern, onChange, chosenTypes, problems }: PatternSectionProps) {
  const check = useQuery(patternQuery(actionId, useDebounced(pattern, PAUSE_MS)));
  const [before, setBefore] = useState<Partial<Record<PatternForm["choice"], PatternForm>>>({});
  const choose = (choice: PatternForm["choice"]) => {
    setBefore({ ...before, [pattern.choice]: pattern });
    const first: Record<PatternForm["choice"], PatternForm> = {
      all_events: { choice: "all_events" },
      event_types: { choice: "event_types", event_types: [...chosenTypes] },
      own: { choice: "own", text: indented(check.data?.text ?? "{\n}") },
    };
    onChange(before[choice] ?? first[choice]);
  };
  return (
    <Container header={<Header variant="h2">Define pattern</Header>}>
      <SpaceBetween size="s">
        <div className="wb-row">
          <SegmentedControl
            label="Pattern"
            selectedId={pattern.choice}
            onChange={({ detail }) => choose(detail.selectedId as PatternForm["choice"])}
            options={Object.entries(CHOICES).map(([id, { text }]) => ({ id, text }))}
          />
          <span className="wb-secondary wb-small">{CHOICES[pattern.choice].about}</span>
        </div>
        {check.isError && <ErrorState title="The pattern could not be tried" error={check.error} onRetry={() => void check.refetch()} />}
        {pattern.choice === "event_types" && <PatternTypes value={pattern.event_types} onChange={(event_types) => onChange({ choice: "event_types", event_types })} problem={problemAt(problems, "Event types")} />}
        <div className="setup-pattern">
          <PatternEditor pattern={pattern} onChange={onChange} check={check.data} problems={problems} />
          <PatternTrial check={check.data} />
        </div>
      </SpaceBetween>
    </Container>
  );
}
