import { useQuery } from "@tanstack/react-query";
import Box from "@cloudscape-design/components/box";
import CopyToClipboard from "@cloudscape-design/components/copy-to-clipboard";
import FormField from "@cloudscape-design/components/form-field";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { EventTypesField } from "../../../forms/action/EventTypesField";
import { formDefaultsQuery } from "../../../forms/action/queries";
import { JsonEditor } from "../../../forms/editor/JsonEditor";
import { problemAt } from "../../../forms/fieldProblems";
import type { FieldProblem } from "../../../ipc/bindings/FieldProblem";
import type { PatternCheck } from "../../../ipc/bindings/PatternCheck";
import type { PatternForm } from "../../../ipc/bindings/PatternForm";
import { Code } from "../../../kit/Code";

interface PatternEditorProps {
  pattern: PatternForm;
  onChange: (pattern: PatternForm) => void;
  /** What the Rust side says of it. */
  check: PatternCheck | undefined;
  problems: readonly FieldProblem[];
}

/** The event pattern: as it will be written, or in an editor; AWS's own words where it is refused. */
export function PatternEditor({ pattern, onChange, check, problems }: PatternEditorProps) {
  const defaults = useQuery(formDefaultsQuery());
  const refused = check?.problem ?? problemAt(problems, "Event pattern");
  const mistake = check?.problem ? { message: check.problem, line: check.line, column: check.column } : null;
  return (
    <SpaceBetween size="s">
      {pattern.choice === "event_types" && defaults.data && (
        <EventTypesField
          value={pattern.event_types}
          onChange={(event_types) => onChange({ choice: "event_types", event_types })}
          known={defaults.data.event_types}
          problem={problemAt(problems, "Event types")}
          description="The others are kept out of the queue; Waybill then expects them not to arrive."
        />
      )}
      <FormField
        stretch
        label="Event pattern"
        errorText={refused}
        secondaryControl={check && <CopyToClipboard variant="inline" textToDisplay="Copy" textToCopy={check.text} copySuccessText="Copied" copyErrorText="Could not copy" />}
      >
        {pattern.choice === "own"
          ? <JsonEditor label="Event pattern" value={pattern.text} onChange={(text) => onChange({ choice: "own", text })} problem={mistake} />
          : check ? <Code label="Event pattern" maxHeight={260}>{check.text}</Code> : <Box color="text-body-secondary">Writing the pattern…</Box>}
      </FormField>
    </SpaceBetween>
  );
}
