import CopyToClipboard from "@cloudscape-design/components/copy-to-clipboard";
import { IpcError } from "../ipc/error";

/** The sentence of an error, its details, and a button that copies both. */
export function ErrorDetail({ error }: { error: Error }) {
  const detail = error instanceof IpcError ? error.detail : null;
  const code = error instanceof IpcError ? error.code : error.name;
  return (
    <div>
      <div>{error.message}</div>
      {detail && <div className="wb-mono wb-wrap">{detail}</div>}
      <CopyToClipboard
        variant="inline"
        textToDisplay="Copy details"
        textToCopy={[code, error.message, detail].filter(Boolean).join("\n")}
        copySuccessText="Copied"
        copyErrorText="Could not copy"
      />
    </div>
  );
}
