import CopyToClipboard from "@cloudscape-design/components/copy-to-clipboard";
import { IpcError } from "../ipc/error";
import { errorWords } from "../ipc/errorWords";

/** The sentence of an error, its details, and a button that copies both. */
export function ErrorDetail({ error }: { error: Error }) {
  const code = error instanceof IpcError ? error.code : "broken";
  // The detail of refused input is for the fields; the message says the same in words.
  const detail = error instanceof IpcError && code !== "bad_input" ? error.detail : null;
  const { next } = errorWords[code];
  return (
    <div>
      <div>{error.message}</div>
      {next && <div>{next}</div>}
      {detail && <div className="wb-mono wb-wrap">{detail}</div>}
      <CopyToClipboard
        variant="inline"
        copyButtonAriaLabel="Copy details"
        textToDisplay="Copy details"
        textToCopy={[code, error.message, detail].filter(Boolean).join("\n")}
        copySuccessText="Copied"
        copyErrorText="Could not copy"
      />
    </div>
  );
}
