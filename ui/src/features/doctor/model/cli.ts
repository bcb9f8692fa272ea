import type { RepairStepView } from "../../../ipc/bindings/RepairStepView";

interface Where {
  region: string;
  endpoint: string | null;
}

/** A word as a POSIX shell takes it literally. */
const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;

/** `SetQueueAttributes` as the AWS CLI spells it. */
const dashed = (operation: string) => operation.replace(/(?<!^)([A-Z])/g, "-$1").toLowerCase();

/** The requests of a repair as AWS CLI commands, to the letter what would be sent. */
export const awsCommands = (steps: readonly RepairStepView[], where: Where): string => steps.map((step) => command(step, where)).join("\n\n");

function command(step: RepairStepView, { region, endpoint }: Where): string {
  const [service = "", operation = ""] = step.call.split(":", 2);
  const input = JSON.parse(step.input) as Record<string, unknown>;
  const words = [`aws ${service} ${dashed(operation)}`, `--region ${region}`];
  if (endpoint) words.push(`--endpoint-url ${endpoint}`);
  const { QueueName: queue, ...rest } = input;
  // The command line knows a queue by its URL only, but for making one.
  if (service === "sqs" && operation !== "CreateQueue" && typeof queue === "string") {
    const lookUp = ["aws sqs get-queue-url", ...words.slice(1), `--queue-name ${quoted(queue)}`, "--query QueueUrl --output text"].join(" ");
    words.push(`--queue-url "$(${lookUp})"`);
    if (Object.keys(rest).length > 0) words.push(`--cli-input-json ${quoted(JSON.stringify(rest))}`);
  } else {
    words.push(`--cli-input-json ${quoted(JSON.stringify(input))}`);
  }
  return words.join(" \\\n  ");
}
