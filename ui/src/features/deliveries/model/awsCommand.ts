import type { DeliveryDetail } from "../../../ipc/bindings/DeliveryDetail";
import type { EnvironmentView } from "../../../ipc/bindings/EnvironmentView";

interface Envelope {
  time: string;
  source: string;
  region: string;
  resources: string[];
  "detail-type": string;
}

/** A word as a POSIX shell takes it literally. */
const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;

/** The AWS CLI call that publishes the event as it was sent: the partner's own on the sandbox. */
export function awsCommand(detail: DeliveryDetail, environment: EnvironmentView | undefined): string {
  const envelope = JSON.parse(detail.sent) as Envelope;
  const entry = {
    Time: envelope.time,
    Source: envelope.source,
    Resources: envelope.resources,
    DetailType: envelope["detail-type"],
    Detail: rawDetail(detail.sent),
  };
  const words = ["aws events put-partner-events", `--region ${envelope.region}`];
  if (environment?.endpoint) words.push(`--endpoint-url ${environment.endpoint}`);
  return [...words, `--entries ${quoted(JSON.stringify([entry]))}`].join(" \\\n  ");
}

/** The detail to the letter, as it stands last in the envelope that was sent. */
export function rawDetail(envelope: string): string {
  const start = envelope.indexOf('"detail":');
  return start < 0 ? "{}" : envelope.slice(start + '"detail":'.length, envelope.lastIndexOf("}")).trim();
}
