import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import { ErrorDetail } from "./ErrorDetail";

interface ErrorStateProps {
  /** What could not be shown, such as "The runs could not be read". */
  title: string;
  error: Error;
  onRetry?: () => void;
}

/** Stands where a view could not be filled: what happened, and Retry. */
export function ErrorState({ title, error, onRetry }: ErrorStateProps) {
  return (
    <Alert type="error" header={title} action={onRetry && <Button onClick={onRetry}>Retry</Button>}>
      <ErrorDetail error={error} />
    </Alert>
  );
}
