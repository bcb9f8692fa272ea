import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import CopyToClipboard from "@cloudscape-design/components/copy-to-clipboard";

interface NothingReadProps {
  why: string;
  reading: boolean;
  onReadAgain: () => void;
}

/** AWS does not answer for any chain: what is shown is what Waybill knows itself. */
export function NothingRead({ why, reading, onReadAgain }: NothingReadProps) {
  return (
    <Alert type="error" header="No chain could be read from AWS" action={<Button loading={reading} onClick={onReadAgain}>Read again</Button>}>
      <div>{why}</div>
      <div>The links below are not known now. The last proofs come from Waybill’s own history and still stand.</div>
      <CopyToClipboard variant="inline" copyButtonAriaLabel="Copy details" textToDisplay="Copy details" textToCopy={why} copySuccessText="Copied" copyErrorText="Could not copy" />
    </Alert>
  );
}
