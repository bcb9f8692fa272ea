import Alert from "@cloudscape-design/components/alert";
import { ErrorState } from "../kit/ErrorState";
import { fieldProblems, problemsElsewhere } from "./fieldProblems";

interface FormFailureProps {
  /** What did not work, such as "The alert action was not saved". */
  title: string;
  error: Error | null;
  /** Labels of the fields that show their own problem. */
  fields: readonly string[];
}

/** The failure of a form, without what already stands at its fields. */
export function FormFailure({ title, error, fields }: FormFailureProps) {
  if (!error) return null;
  const problems = fieldProblems(error);
  if (problems.length === 0) return <ErrorState title={title} error={error} />;
  const rest = problemsElsewhere(problems, fields);
  if (rest.length === 0) return null;
  return (
    <Alert type="error" header={title}>
      {rest.map((problem) => <div key={problem.field}>{`${problem.field}: ${problem.reason}`}</div>)}
    </Alert>
  );
}
