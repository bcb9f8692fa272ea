const FACTS = [
  ["No account, no network", "EventBridge, SQS, STS and Organizations are built in and answer on 127.0.0.1."],
  ["The same calls as on AWS", "Waybill talks to the sandbox with the AWS SDK, over HTTP, as it talks to AWS."],
  ["Nothing to clean up", "Everything lies in one data folder; Connections & sandbox says where."],
] as const;

/** What a newcomer wants to know before the first click. */
export function FirstRunFacts() {
  return (
    <dl className="first-facts">
      {FACTS.map(([title, text]) => (
        <div key={title}><dt>{title}</dt><dd>{text}</dd></div>
      ))}
    </dl>
  );
}
