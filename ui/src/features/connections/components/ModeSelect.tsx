import Select from "@cloudscape-design/components/select";
import type { ConnectionView } from "../../../ipc/bindings/ConnectionView";
import { ErrorState } from "../../../kit/ErrorState";
import { useSetMode } from "../api/connections";
import { MODES } from "../words";

const OPTIONS = Object.values(MODES).map(({ label, word, description }) => ({ label, value: word, description }));

/** What becomes of requests that write through a connection; enforced where they leave. */
export function ModeSelect({ connection }: { connection: ConnectionView }) {
  const set = useSetMode(connection.name);
  const { label, word } = MODES[connection.mode];
  return (
    <div data-testid={`mode-${connection.name}`}>
      <Select
        ariaLabel={`Mode of ${connection.name}`}
        expandToViewport
        disabled={set.isPending}
        selectedOption={{ label, value: word }}
        options={OPTIONS}
        onChange={({ detail }) => set.mutate(detail.selectedOption.value ?? "free")}
      />
      {set.error && <ErrorState title="The mode was not changed" error={set.error} />}
    </div>
  );
}
