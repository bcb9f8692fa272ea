import Container from "@cloudscape-design/components/container";
import CopyToClipboard from "@cloudscape-design/components/copy-to-clipboard";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import { useEnvironment } from "../../../ipc/queries/useEnvironment";
import { ErrorState } from "../../../kit/ErrorState";

/** Where everything is kept, and which version this is. */
export function DataFolder() {
  const environment = useEnvironment();
  if (environment.isError) return <ErrorState title="The data folder could not be read" error={environment.error} onRetry={() => void environment.refetch()} />;
  const folder = environment.data?.data_dir;
  return (
    <Container header={<Header variant="h2">Data folder</Header>}>
      <KeyValuePairs
        columns={3}
        items={[
          { label: "Folder", value: folder ? <CopyToClipboard variant="inline" copyButtonAriaLabel="Copy: folder" textToCopy={folder} copySuccessText="Copied" copyErrorText="Could not copy" /> : "–" },
          { label: "In it", value: "waybill.db, sandbox.db, sandbox-keys.json" },
          { label: "Version", value: environment.data ? `Waybill ${environment.data.version}` : "–" },
        ]}
      />
    </Container>
  );
}
