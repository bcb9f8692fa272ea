import { expect, test } from "vitest";
import { act, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import type { DiagnosisProgress } from "../../ipc/bindings/DiagnosisProgress";
import { openWindow } from "../../test/desktop";
import { check, diagnosis, policyCause, repair } from "../../test/doctor";
import { action, chain, detail, environment, row, run } from "../../test/fixtures";
import { patternCheck, refused } from "../../test/forms";

const world = {
  list_alert_actions: () => [action()],
  chain: () => chain({ last_run: run({ delivered: 0, missing: 9, proven: false }) }),
};
const broken = () => diagnosis([check("bus-missing"), policyCause(), check("poller", { outcome: "unknown", explanation: "This cannot be read: the IAM action `sqs:ReceiveMessage` is missing." })]);

test("the first cause is selected by itself: its evidence, its change, and the button that makes it", async () => {
  openWindow("#/doctor/a1", { ...world, diagnose_live: broken });
  const panel = within(await screen.findByTestId("check-panel"));
  expect(panel.getByRole("heading", { name: /Does the queue's policy let the rule send/ })).toBeInTheDocument();
  expect(panel.getByText("This is the cause")).toBeInTheDocument();
  expect(panel.getByText("request-7")).toBeInTheDocument();
  expect(panel.getByLabelText("Change by sqs:SetQueueAttributes")).toHaveTextContent('"Sid": "own"');
  expect(panel.getByRole("button", { name: "Apply repair and prove again" })).toBeEnabled();
  expect(screen.getByTestId("doctor-summary")).toHaveTextContent("9 published, 9 accepted, none read back.");
  expect(screen.getByTestId("doctor-summary")).toHaveTextContent("3 checks in 640 ms, 12 AWS calls.");
});

test("the drawn chain breaks at the link of the cause, and the navigation counts it", async () => {
  openWindow("#/doctor/a1", { ...world, diagnose_live: broken });
  await screen.findByTestId("check-panel");
  expect(screen.getByTestId("link-queue")).toHaveClass("link-bad");
  expect(within(screen.getByTestId("link-queue")).getByText("Policy forbids")).toBeInTheDocument();
  expect(await screen.findByLabelText("1 chain with a cause")).toBeInTheDocument();
});

test("a check that cannot be told says which IAM action is missing", async () => {
  openWindow("#/doctor/a1", { ...world, diagnose_live: broken });
  await userEvent.click(await screen.findByTestId("check-poller"));
  const panel = within(screen.getByTestId("check-panel"));
  expect(panel.getByText("This cannot be told")).toBeInTheDocument();
  expect(panel.getByText("sqs:ReceiveMessage")).toBeInTheDocument();
});

test("a masked check leads to the one that stands in its way", async () => {
  const checks = [policyCause(), check("retention", { outcome: "unknown", explanation: "This cannot be told as long as `queue-policy` stands in the way." })];
  openWindow("#/doctor/a1", { ...world, diagnose_live: () => diagnosis(checks) });
  await userEvent.click(await screen.findByTestId("check-retention"));
  await userEvent.click(within(screen.getByTestId("check-panel")).getByRole("button", { name: "Does the queue's policy let the rule send?" }));
  expect(screen.getByTestId("check-queue-policy")).toHaveAttribute("aria-selected", "true");
});

test("a repair is proven before one's eyes, and can be undone", async () => {
  let finish: (answer: unknown) => void = () => undefined;
  const desktop = openWindow("#/doctor/a1", { ...world, diagnose_live: broken, repair_check: () => new Promise((resolve) => (finish = resolve)), run: () => ({ events: [] }), undo_repair: () => ({ began_at: "2026-11-01T10:00:00.000Z", steps: ["sqs:SetQueueAttributes {}"] }) });
  await userEvent.click(await screen.findByTestId("apply-repair"));
  expect(await screen.findByText("Making the change")).toBeInTheDocument();
  const proof = run({ run_id: "r2", state: "running", delivered: 4 });
  await desktop.live({ kind: "run", run: proof });
  expect(await screen.findByText("Repaired; proving: 4 of 9 delivered")).toBeInTheDocument();
  desktop.answer("diagnose_live", () => diagnosis([policyCause()]));
  expect(desktop.argsOf("repair_check")[0], "the very change that was shown").toMatchObject({ check: "queue-policy", plan: "plan-1" });
  finish(diagnosis([check("queue-policy")], { proof: run({ run_id: "r2" }), repaired: [{ id: "queue-policy", explanation: "", sentence: "Added a statement.", steps: [] }] }));
  expect(await screen.findByText("Repaired and proven 9/9")).toBeInTheDocument();
  expect(screen.getByTestId("sound")).toBeInTheDocument();
  await userEvent.click(screen.getByTestId("undo-repair"));
  expect(await screen.findByTestId("repair-undone")).toHaveTextContent("sqs:SetQueueAttributes {}");
  expect(await screen.findByTestId("check-queue-policy")).toHaveAttribute("data-outcome", "cause");
});

test("the checks appear as they are judged, and an earlier repair can still be undone", async () => {
  let finish: (answer: unknown) => void = () => undefined;
  const undoable = { began_at: "2026-11-01T10:00:00.000Z", steps: repair().steps };
  const desktop = openWindow("#/doctor/a1", { ...world, diagnose_live: () => new Promise((resolve) => (finish = resolve)) });
  await waitFor(() => expect(desktop.argsOf("diagnose_live")).toHaveLength(1));
  const channel = desktop.argsOf("diagnose_live")[0]?.channel as { onmessage: (progress: DiagnosisProgress) => void };
  act(() => channel.onmessage({ kind: "began", checks: [{ id: "bus-missing", question: "Is the event bus there?" }, { id: "poller", question: "Was the queue read?" }] }));
  act(() => channel.onmessage({ kind: "check", check: check("poller"), elapsed_ms: 3 }));
  expect(await screen.findByText("1 of 2 judged")).toBeInTheDocument();
  expect(screen.getByTestId("check-bus-missing")).toHaveAttribute("data-outcome", "open");
  expect(screen.getByTestId("check-poller")).toHaveAttribute("data-outcome", "healthy");
  finish(diagnosis([check("bus-missing"), check("poller")], { undoable }));
  expect(await screen.findByTestId("last-repair")).toHaveTextContent("sqs:SetQueueAttributes");
});

test("a repair that is refused leaves the cause and says why", async () => {
  openWindow("#/doctor/a1", { ...world, diagnose_live: broken, repair_check: () => refused("The repair needs sqs:SetQueueAttributes.") });
  await userEvent.click(await screen.findByTestId("apply-repair"));
  expect(await screen.findByText("The repair needs sqs:SetQueueAttributes.")).toBeInTheDocument();
  expect(screen.getByTestId("apply-repair")).toBeEnabled();
});

test("a connection that may only read shows the repair and does not make it", async () => {
  openWindow("#/doctor/a1", { ...world, environment: () => environment({ mode: "read_only" }), diagnose_live: broken });
  const button = await screen.findByTestId("apply-repair");
  await waitFor(() => expect(button).toHaveAttribute("aria-disabled", "true"));
});

test("a sound chain says so and what to do then; what is suspect is named, not accused", async () => {
  const checks = [check("bus-missing"), check("propagation", { outcome: "suspect", question: "Have the last changes taken effect?" })];
  openWindow("#/doctor/a1", { ...world, diagnose_live: () => diagnosis(checks), prove: () => run({ run_id: "r3", state: "running" }), run: () => ({ events: [] }) });
  const sound = within(await screen.findByTestId("sound"));
  expect(sound.getByText("No cause was found")).toBeInTheDocument();
  expect(sound.getByRole("button", { name: "Have the last changes taken effect?" })).toBeInTheDocument();
  await userEvent.click(sound.getByTestId("prove"));
  expect(await screen.findByLabelText("Proof of the repair")).toBeInTheDocument();
});

test("after a run that was not proven, a sound chain can be proven with its event bus logging", async () => {
  const desktop = openWindow("#/doctor/a1", { ...world, diagnose_live: () => diagnosis([check("bus-missing")]), start_run: () => run({ run_id: "r4", state: "running" }), run: () => ({ events: [] }) });
  await userEvent.click(await screen.findByTestId("prove-logged"));
  expect(desktop.argsOf("start_run")).toEqual([{ start: { action_id: "a1", bus_logging: true } }]);
});

test("AWS out of reach is said as such, with its details and Retry", async () => {
  const desktop = openWindow("#/doctor/a1", { ...world, diagnose_live: () => Promise.reject({ code: "unreachable", message: "The endpoint does not answer.", detail: "connection refused" }) });
  expect(await screen.findByText("AWS does not answer, so nothing can be said about the chain")).toBeInTheDocument();
  expect(screen.getByText("connection refused")).toBeInTheDocument();
  desktop.answer("diagnose_live", broken);
  await userEvent.click(screen.getByRole("button", { name: "Retry" }));
  expect(await screen.findByTestId("check-panel")).toBeInTheDocument();
});

test("without an alert action the useful next step is offered", async () => {
  openWindow("#/doctor", { list_alert_actions: () => [] });
  expect(await screen.findByText("No alert actions")).toBeInTheDocument();
  expect(screen.getByRole("link", { name: "Run the nine-event proof first" })).toBeInTheDocument();
});

test("a cause without a repair says where to go", async () => {
  const cause = check("manual-mode", { outcome: "cause" });
  openWindow("#/doctor/a1", { ...world, diagnose_live: () => diagnosis([cause]) });
  expect(await screen.findByText("Waybill offers no repair for this")).toBeInTheDocument();
  expect(screen.getByRole("link", { name: "Open the alert action" })).toHaveAttribute("href", "#/actions/a1");
});

test("the event that led here stays in sight with its own reason", async () => {
  openWindow("#/doctor/a1?delivery=4", { ...world, diagnose_live: broken, delivery: () => detail({ row: row(4, { verdict: "changed", reason: "detail.priority differs" }) }) });
  const asked = await screen.findByTestId("asked-about");
  expect(asked).toHaveTextContent("detail.priority differs");
  await userEvent.click(within(asked).getByRole("button", { name: "Forget this event" }));
  await waitFor(() => expect(screen.queryByTestId("asked-about")).not.toBeInTheDocument());
});

test("the rules of the bus are told with the field that failed, and AWS is asked on demand", async () => {
  const rules = [
    { rule: "all-incidents", enabled: true, pattern: "{}", matched: true, fields: [], by_aws: null, aws_refused: null, disagrees: false },
    { rule: "narrow", enabled: true, pattern: "{}", matched: false, fields: [{ path: "detail.priority", matched: false, wanted: ['"HIGH"'], found: ['"LOW"'] }], by_aws: null, aws_refused: null, disagrees: false },
  ];
  const desktop = openWindow("#/doctor/a1?tab=rules", { ...world, diagnose_live: broken, pattern_check: () => patternCheck(), rules_matching: () => ({ bus: "bus", rules }) });
  expect(await screen.findByText("1 of 2 rules takes this event.")).toBeInTheDocument();
  expect(screen.getByText('detail.priority: the pattern wants "HIGH", the event has "LOW".')).toBeInTheDocument();
  desktop.answer("rules_matching", () => ({ bus: "bus", rules: rules.map((rule) => ({ ...rule, by_aws: true, disagrees: !rule.matched })) }));
  await userEvent.click(screen.getByTestId("ask-aws"));
  expect(await screen.findByText("Waybill and AWS do not agree")).toBeInTheDocument();
  expect(desktop.argsOf("rules_matching").at(-1)).toMatchObject({ actionId: "a1", askAws: true });
});
