import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { ErrorDetail } from "./ErrorDetail";

interface ErrorStateProps {
  /** What could not be shown, such as "The runs could not be read". */
  title: string;
  error: Error;
  onRetry?: () => void;
  /** The title of the page, where nothing of it could be shown. */
  page?: string;
}

/** Stands where a view could not be filled: what happened, and Retry. */
export function ErrorState({ title, error, onRetry, page }: ErrorStateProps) {
  const alert = (
    <Alert type="error" header={title} action={onRetry && <Button onClick={onRetry}>Retry</Button>}>
      <ErrorDetail error={error} />
    </Alert>
  );
  return page === undefined ? alert : <SpaceBetween size="s"><Header variant="h1">{page}</Header>{alert}</SpaceBetween>;
}
