import type { ReactNode } from "react";

interface Help {
  text: ReactNode;
  /** The words of the iLert page for this step. */
  page: string;
}

/** Help for every step, in the order of the wizard. */
export const HELP: readonly Help[] = [
  {
    text: (
      <>
        <p>An <b>alert action</b> belongs to one alert source. It says which events go to which AWS account and region.</p>
        <p><b>Automatic</b> publishes every step of an incident. <b>Manual</b> waits for a click.</p>
        <p>An event type that is not chosen is withheld by iLert: it never reaches the event bus.</p>
        <p>An alert source can have several alert actions, so one incident can reach several accounts.</p>
      </>
    ),
    page: "Alert sources · Alert actions · Add new alert action · Save",
  },
  {
    text: (
      <>
        <p>Saving the alert action creates a <b>partner event source</b> in your AWS account. It is <b>PENDING</b> until it is associated with an event bus.</p>
        <p>Events that are sent while it is pending are accepted and then lost.</p>
        <p>A source that stays pending is removed by AWS; the time that is left is what AWS reports.</p>
      </>
    ),
    page: "Amazon EventBridge · Partner event sources · your event source",
  },
  {
    text: (
      <>
        <p><b>Associate with event bus</b> creates an event bus with the name of the source. The source is then <b>ACTIVE</b>.</p>
        <p>A source that is pending although its bus exists is activated again instead.</p>
        <h3>Permissions</h3>
        <p>The page chooses <b>Organization</b> and <b>My organization</b>. Today AWS refuses a policy on a partner event bus: only the partner may send to it. The set-up goes on without.</p>
      </>
    ),
    page: "Associate with event bus · Permissions · Organization · My organization · Associate",
  },
  {
    text: (
      <>
        <p>A rule watches one event bus and hands every matching event to its targets.</p>
        <p><b>All Events</b> is the choice of the iLert page. AWS writes it as a pattern on your account id, because every partner event carries it.</p>
        <p>Choose <b>Event types</b> to keep some <code>incident-*</code> events out of the queue. Waybill will then expect the others <i>not</i> to arrive.</p>
        <h3>Words match exactly</h3>
        <p>Values are lists, and capital letters count: <code>["HIGH"]</code>, not <code>"high"</code>.</p>
      </>
    ),
    page: "Create rule · Name and description · Define pattern · All Events",
  },
  {
    text: (
      <>
        <p>The <b>target</b> is an SQS queue. Its policy must let this rule send: Waybill adds one statement and leaves the others as they are.</p>
        <p>A <b>dead-letter queue</b> keeps what EventBridge cannot deliver, with the reason.</p>
        <p>Reading a queue that others use raises receive counts. A new queue is Waybill's own.</p>
      </>
    ),
    page: "Select targets · SQS queue · Create",
  },
  {
    text: (
      <>
        <p>Every AWS call with its request, before it is made. Each can be repeated: what stands already is found, not made twice.</p>
        <p>When a call fails, what was made stays until you choose <b>Retry</b> or <b>Undo</b>.</p>
        <p><b>Prove it</b> publishes the chosen event types and reads each one back from the queue.</p>
      </>
    ),
    page: "Finished! Now a notification is created for each alert",
  },
];
