import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { CodeKind } from "../ipc/bindings/CodeKind";
import { copyText } from "../kit/copyText";
import { useNotify } from "../notify/NotifyContext";
import { useSaveCode } from "./codeQuery";

interface CodeButtonsProps {
  actionId: string;
  kind: CodeKind;
  text: string | undefined;
  onDismiss: () => void;
}

/** What can be done with a chain's code. */
export function CodeButtons({ actionId, kind, text, onDismiss }: CodeButtonsProps) {
  const notify = useNotify();
  const save = useSaveCode(actionId);
  const copied = () => {
    notify.show({ type: "success", header: "The code was copied", id: "chain-code" });
    onDismiss();
  };
  const copy = () => copyText(Promise.resolve(text ?? "")).then(copied, (cause: Error) => notify.fail("The code could not be copied", cause, "chain-code"));
  return (
    <Box float="right">
      <SpaceBetween direction="horizontal" size="xs">
        <Button variant="link" onClick={onDismiss}>Close</Button>
        <Button disabled={!text} loading={save.isPending} onClick={() => save.mutate(kind, { onSuccess: onDismiss })}>Save to a file</Button>
        <Button variant="primary" disabled={!text} onClick={() => void copy()} data-testid="submit">Copy</Button>
      </SpaceBetween>
    </Box>
  );
}
