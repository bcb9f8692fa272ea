import { useState } from "react";
import { useQuery } from "@tanstack/react-query";
import Box from "@cloudscape-design/components/box";
import Modal from "@cloudscape-design/components/modal";
import SegmentedControl from "@cloudscape-design/components/segmented-control";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Spinner from "@cloudscape-design/components/spinner";
import type { CodeKind } from "../ipc/bindings/CodeKind";
import { Code } from "../kit/Code";
import { ErrorState } from "../kit/ErrorState";
import { CodeButtons } from "./CodeButtons";
import { codeQuery } from "./codeQuery";

const KINDS: { id: CodeKind; text: string }[] = [
  { id: "terraform", text: "Terraform" },
  { id: "cloudformation", text: "CloudFormation" },
  { id: "cli", text: "AWS CLI" },
];

/** A chain as code that makes it again, to be copied or saved. */
export function CodeModal({ actionId, name, onDismiss }: { actionId: string; name: string; onDismiss: () => void }) {
  const [kind, setKind] = useState<CodeKind>("terraform");
  const { data, error, refetch } = useQuery(codeQuery(actionId, kind));
  return (
    <Modal
      visible
      size="max"
      header={`Export the chain of ${name} as code`}
      closeAriaLabel="Close"
      onDismiss={onDismiss}
      footer={<CodeButtons actionId={actionId} kind={kind} text={data?.text} onDismiss={onDismiss} />}
    >
      <SpaceBetween size="xs">
        <SegmentedControl label="Export as" selectedId={kind} options={KINDS} onChange={({ detail }) => setKind(detail.selectedId as CodeKind)} />
        <Box color="text-body-secondary" fontSize="body-s">From what AWS says of the chain now; it holds no secrets. <code>{`waybill export --as ${kind}`}</code> writes the same.</Box>
        {data?.notes.map((note) => <Box key={note} fontSize="body-s">{note}</Box>)}
        {error && <ErrorState title="The chain could not be exported" error={error} onRetry={() => void refetch()} />}
        {!data && !error && <Spinner />}
        {data && <Code label={data.file_name} maxHeight={420}>{data.text}</Code>}
      </SpaceBetween>
    </Modal>
  );
}
