import { useMutation, useQuery } from "@tanstack/react-query";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { QuestionView } from "../../ipc/bindings/QuestionView";
import { call } from "../../ipc/call";
import { keys } from "../../ipc/keys";
import { Code } from "../../kit/Code";
import { ErrorState } from "../../kit/ErrorState";

/** What a connection that asks before every write is asking about, one question after the other; closing one says no. */
export function Questions() {
  const questions = useQuery({ queryKey: keys.questions, queryFn: () => call<QuestionView[]>("questions"), staleTime: 0 });
  const question = questions.data?.[0];
  const answer = useMutation<null, Error, { id: number; yes: boolean }>({
    mutationFn: (given) => call<null>("answer_question", given),
    onSettled: () => questions.refetch(),
  });
  if (!question) return null;
  const say = (yes: boolean) => answer.mutate({ id: question.id, yes });
  return (
    <Modal
      visible
      size="large"
      header={`Send this through the connection ${question.connection}?`}
      closeAriaLabel="Do not send"
      onDismiss={() => say(false)}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" disabled={answer.isPending} onClick={() => say(false)}>Do not send</Button>
            <Button variant="primary" loading={answer.isPending} onClick={() => say(true)} data-testid="send">Send</Button>
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="s" data-testid="question">
        {answer.error && <ErrorState title="The answer was not taken" error={answer.error} />}
        <div>{question.calls.join(", ")}</div>
        <Code label="What is sent" numbers={false}>{question.input}</Code>
      </SpaceBetween>
    </Modal>
  );
}
