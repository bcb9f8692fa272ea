import Box from "@cloudscape-design/components/box";
import CopyToClipboard from "@cloudscape-design/components/copy-to-clipboard";
import FormField from "@cloudscape-design/components/form-field";
import { JsonEditor } from "../../../forms/editor/JsonEditor";
import { asSentence, problemAt } from "../../../forms/fieldProblems";
import type { FieldProblem } from "../../../ipc/bindings/FieldProblem";
import type { PatternCheck } from "../../../ipc/bindings/PatternCheck";
import type { PatternForm } from "../../../ipc/bindings/PatternForm";
import { Code } from "../../../kit/Code";
import { indented } from "../model/indented";

interface PatternEditorProps {
  pattern: PatternForm;
  onChange: (pattern: PatternForm) => void;
  /** What the Rust side says of it. */
  check: PatternCheck | undefined;
  problems: readonly FieldProblem[];
}

/** The event pattern: as it will be written, or in an editor; AWS's own words where it is refused. */
export function PatternEditor({ pattern, onChange, check, problems }: PatternEditorProps) {
  const refused = check?.problem ? asSentence(check.problem) : problemAt(problems, "Event pattern");
  const mistake = check?.problem ? { message: check.problem, line: check.line, column: check.column } : null;
  return (
    <FormField
      stretch
      label="Event pattern"
      errorText={refused}
      info={check && <CopyToClipboard variant="inline" copyButtonAriaLabel="Copy" textToDisplay="Copy" textToCopy={check.text} copySuccessText="Copied" copyErrorText="Could not copy" />}
    >
      {pattern.choice === "own"
        ? <JsonEditor label="Event pattern" value={pattern.text} onChange={(text) => onChange({ choice: "own", text })} problem={mistake} />
        : check ? <Code label="Event pattern" maxHeight={260}>{indented(check.text)}</Code> : <Box color="text-body-secondary">Writing the pattern…</Box>}
    </FormField>
  );
}
