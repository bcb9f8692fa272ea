import Alert from "@cloudscape-design/components/alert";
import { ErrorState } from "../../../kit/ErrorState";
import type { SetupRun } from "../api/useSetupRun";

/** What an undo removed, left, and could not remove. */
export function UndoReport({ run: { undo } }: { run: SetupRun }) {
  if (undo.error) return <ErrorState title="The set-up was not undone" error={undo.error} />;
  if (!undo.data) return null;
  const { removed, kept, failed } = undo.data;
  return (
    <div data-testid="undo-report">
      <Alert type={failed.length > 0 ? "warning" : "success"} header={failed.length > 0 ? "The set-up was undone in part" : "The set-up was undone"}>
        <Sentences title="Removed" sentences={removed} />
        <Sentences title="Left" sentences={kept} />
        <Sentences title="Could not be removed" sentences={failed} />
      </Alert>
    </div>
  );
}

function Sentences({ title, sentences }: { title: string; sentences: readonly string[] }) {
  if (sentences.length === 0) return null;
  return (
    <section aria-label={title}>
      <b>{title}</b>
      <ul>{sentences.map((sentence) => <li key={sentence} className="wb-wrap">{sentence}</li>)}</ul>
    </section>
  );
}
