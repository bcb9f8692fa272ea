import { expect, test } from "vitest";
import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import type { SetupDraft } from "../../ipc/bindings/SetupDraft";
import { openWindow } from "../../test/desktop";
import { action, chain, row, run } from "../../test/fixtures";
import { actionForm, badInput, draft, formDefaults, patternCheck, plan, refused, setupForm, step } from "../../test/forms";

const pending = () => {
  const links = chain().links.map((link) => (link.kind === "partner_source" ? { ...link, state: "pending" as const, word: "Pending", sentence: "It waits for its event bus." } : link));
  return chain({ links, expires_at: null });
};

const world = (start: Partial<SetupDraft> = {}) => ({
  load_draft: () => draft(start),
  save_draft: ({ draft: kept }: Record<string, unknown>) => kept,
  discard_draft: () => null,
  form_defaults: () => formDefaults(),
  alert_action: () => action(),
  list_alert_actions: () => [action({ chain: "partial" })],
  chain: pending,
  setup_plan: () => plan(),
  pattern_check: () => patternCheck(),
  list_queues: () => ["orders"],
  organization: () => ({ id: "o-a1b2c3d4e5", sentence: "This account is in o-a1b2c3d4e5.", partner_bus: "AWS no longer takes it." }),
});

const next = () => userEvent.click(screen.getByTestId("wizard-next"));
const heading = (name: string) => screen.findByRole("heading", { name, level: 1 });

test("the entry offers a new alert action, and to go on where one was left", async () => {
  openWindow("#/setup", { ...world(), load_draft: ({ actionId }: Record<string, unknown>) => draft({ step: 3, saved_at: actionId ? "2026-11-01T10:00:00.000Z" : null }) });
  expect(await screen.findByText("Step 4 of 6,", { exact: false })).toBeInTheDocument();
  expect(screen.getByTestId("setup-new")).toHaveTextContent("Start with a new alert action");
  await userEvent.click(screen.getByRole("link", { name: "Continue set-up of EventBridge operations" }));
  expect(await heading("Rule")).toBeInTheDocument();
});

test("a chain that somebody made is adopted into its alert action, and what it means is said before", async () => {
  const found = { source: "aws.partner/ilert.com/shop/1", rule: "by-hand", pattern: "{}", queue: "orders", dead_letter: null, action_id: "a1", action: "Ops", is_known: false, meaning: "Adopted into Ops: nothing on AWS changes.", notes: ["The rule is disabled: it matches nothing."] };
  const desktop = openWindow("#/setup", { ...world(), adoptable: () => [found, { ...found, rule: "other", action_id: null, action: null }], adopt_chain: () => chain() });
  await userEvent.click(await screen.findByTestId("adopt"));
  expect(await screen.findByLabelText("Adopt rule by-hand")).toBeEnabled();
  expect(screen.getAllByText(/nothing on AWS changes. The rule is disabled/)).toHaveLength(2);
  expect(screen.getByLabelText("Adopt rule other")).toBeDisabled();
  desktop.answer("adoptable", () => [{ ...found, is_known: true }]);
  await userEvent.click(screen.getByLabelText("Adopt rule by-hand"));
  await waitFor(() => expect(screen.getByLabelText("Adopt rule by-hand")).toBeDisabled());
  expect(desktop.argsOf("adopt_chain")).toEqual([{ actionId: "a1", rule: "by-hand", queue: "orders" }]);
});

test("Next saves the alert action, and its partner event source appears as pending", async () => {
  const desktop = openWindow("#/setup/new", { ...world({ action_id: null, step: 0 }), create_alert_action: () => action({ id: "a9" }) });
  await screen.findByLabelText("AWS account ID");
  await next();
  expect(await heading("Partner event source")).toBeInTheDocument();
  expect(await screen.findByTestId("source-state")).toHaveTextContent("Pending");
  expect(desktop.argsOf("create_alert_action")).toEqual([{ form: actionForm() }]);
  expect(desktop.argsOf("save_draft")).toEqual([{ draft: draft({ action_id: "a9", step: 1 }) }]);
  expect(desktop.argsOf("discard_draft")).toEqual([{ actionId: null }]);
});

test("the rest of the wizard starts from what is suggested for the new action", async () => {
  const suggested = setupForm({ queue: { choice: "new", name: "waybill-of-its-own" } });
  const desktop = openWindow("#/setup/new", {
    ...world(),
    load_draft: ({ actionId }: Record<string, unknown>) => (actionId ? draft({ form: suggested }) : draft({ action_id: null, step: 0 })),
    create_alert_action: () => action({ id: "a9" }),
  });
  await screen.findByLabelText("AWS account ID");
  await next();
  await heading("Partner event source");
  expect(desktop.argsOf("save_draft")).toEqual([{ draft: draft({ action_id: "a9", form: suggested, step: 1 }) }]);
});

test("a call that something stands in the way of is said to be blocked, not failed", async () => {
  openWindow("#/setup/a1", { ...world({ step: 3 }), setup_plan: () => plan({ steps: [step("rule", { status: "failed", finding: "A rule named all-incidents is there with another pattern." })] }) });
  const calls = within(await screen.findByTestId("what-will-happen"));
  expect(await calls.findByText("Blocked")).toBeInTheDocument();
  expect(calls.getByText("A rule named all-incidents is there with another pattern.")).toBeInTheDocument();
});

test("a refused alert action is explained at its fields and goes no further", async () => {
  openWindow("#/setup/new", { ...world({ action_id: null, step: 0 }), create_alert_action: () => badInput({ field: "AWS account ID", reason: "it has twelve digits" }) });
  await screen.findByLabelText("AWS account ID");
  await next();
  expect(await screen.findByText("It has twelve digits")).toBeInTheDocument();
  expect(screen.getByRole("heading", { name: "Alert action", level: 1 })).toBeInTheDocument();
});

test("the permissions keep what was typed while one switches between them", async () => {
  const desktop = openWindow("#/setup/a1", world({ step: 2 }));
  expect(await screen.findByText("AWS no longer takes it.")).toBeInTheDocument();
  await userEvent.click(screen.getByRole("radio", { name: "Other AWS account" }));
  await userEvent.type(screen.getByLabelText("AWS account ID"), "210987654321");
  await userEvent.click(screen.getByRole("radio", { name: "No permissions" }));
  await userEvent.click(screen.getByRole("radio", { name: "Other AWS account" }));
  expect(screen.getByLabelText("AWS account ID")).toHaveValue("210987654321");
  await next();
  await heading("Rule");
  expect(desktop.argsOf("save_draft").at(-1)).toMatchObject({ draft: { form: { permission: { choice: "account", account: "210987654321" } } } });
});

test("What will happen shows what reads found and what is planned", async () => {
  openWindow("#/setup/a1", world({ step: 3 }));
  const calls = within(await screen.findByTestId("what-will-happen"));
  expect(await calls.findByText("Read: no such rule")).toBeInTheDocument();
  expect(calls.getByText("Planned")).toBeInTheDocument();
  expect(calls.queryByText("Send to incidents")).not.toBeInTheDocument();
});

test("a policy that is there is set against the one that will replace it, before anything is written", async () => {
  const policy = (sids: string[]) => JSON.stringify({ Version: "2012-10-17", Statement: sids.map((Sid) => ({ Sid })) });
  const steps = [step("queue-policy", { group: "target", call: "sqs:SetQueueAttributes", replaces: { before: policy(["theirs"]), after: policy(["theirs", "waybill"]) } })];
  openWindow("#/setup/a1", { ...world({ step: 5 }), setup_plan: () => plan({ steps }) });
  await userEvent.click(await screen.findByText("SetQueueAttributes", { exact: false }));
  expect(within(screen.getByLabelText("On AWS now")).queryByText('"waybill"')).not.toBeInTheDocument();
  expect(within(screen.getByLabelText("Afterwards")).getByText('"waybill"')).toBeInTheDocument();
});

test("a refused rule stays with its reason at the field, while later fields do not count yet", async () => {
  const problems = [{ field: "Rule name", reason: "enter a name" }, { field: "Queue name", reason: "enter a name too" }];
  openWindow("#/setup/a1", { ...world({ step: 3 }), setup_plan: () => plan({ steps: [], problems }) });
  await heading("Rule");
  await next();
  expect(await screen.findByText("Enter a name")).toBeInTheDocument();
  expect(screen.queryByText("Enter a name too")).not.toBeInTheDocument();
  expect(screen.getByLabelText("Rule name")).toHaveFocus();
});

test("a pattern is tried on the nine samples, field by field", async () => {
  openWindow("#/setup/a1", world({ step: 3 }));
  expect(await screen.findByText("incident-created matches")).toBeInTheDocument();
  expect(screen.getByText("All nine samples: 8 of 9 match")).toBeInTheDocument();
  const conditions = within(screen.getByRole("list", { name: "Conditions of the pattern" }));
  expect(conditions.getByText("detail-type")).toBeInTheDocument();
  expect(conditions.getByText("Matches")).toBeInTheDocument();
});

test("an own pattern starts from the one before, and is refused in AWS's words", async () => {
  const words = "Event pattern is not valid. Reason: Filter is not an object";
  const desktop = openWindow("#/setup/a1", world({ step: 3 }));
  await screen.findByText("incident-created matches");
  desktop.answer("pattern_check", () => patternCheck({ problem: words, line: 1, column: 2, samples: [] }));
  await userEvent.click(screen.getByRole("button", { name: "Own pattern" }));
  expect(await screen.findByText(words)).toBeInTheDocument();
  expect(screen.getByRole("textbox", { name: "Event pattern" })).toHaveTextContent('"account": [');
  await next();
  await waitFor(() => expect(screen.getByTestId("wizard-next")).not.toHaveAttribute("aria-disabled", "true"));
  expect(screen.getByRole("heading", { name: "Rule", level: 1 })).toBeInTheDocument();
});

test("a dead-letter queue is offered with a name of its own and kept in the draft", async () => {
  const desktop = openWindow("#/setup/a1", world({ step: 4 }));
  await userEvent.click(await screen.findByRole("checkbox", { name: "Use a dead-letter queue" }));
  expect(screen.getByLabelText("Dead-letter queue")).toHaveValue("incidents-dead-letters");
  await next();
  await heading("Review & prove");
  expect(desktop.argsOf("save_draft").at(-1)).toMatchObject({ draft: { step: 5, form: { dead_letter: { choice: "new", name: "incidents-dead-letters" } } } });
});

test("Save and close keeps the step and what was typed", async () => {
  const desktop = openWindow("#/setup/a1", world({ step: 4 }));
  const name = await screen.findByLabelText("Queue name");
  await userEvent.type(name, "-2");
  await userEvent.click(screen.getByTestId("wizard-save"));
  await waitFor(() => expect(window.location.hash).toBe("#/setup"));
  expect(desktop.argsOf("save_draft")).toEqual([{ draft: draft({ step: 4, form: setupForm({ queue: { choice: "new", name: "incidents-2" } }) }) }]);
});

test("a link out of the wizard asks before unsaved input is lost, and can save it", async () => {
  const desktop = openWindow("#/setup/a1", world({ step: 4 }));
  await userEvent.type(await screen.findByLabelText("Queue name"), "-2");
  await userEvent.click(screen.getByRole("link", { name: "Set up" }));
  await userEvent.click(await screen.findByRole("button", { name: "Save and leave" }));
  await waitFor(() => expect(window.location.hash).toBe("#/setup"));
  expect(desktop.argsOf("save_draft")).toHaveLength(1);
});

const failed = {
  complete: false,
  steps: [step("rule", { status: "done", finding: "Done" }), step("target", { call: "events:PutTargets", status: "failed", finding: "AccessDenied" })],
  failure: { step: "target", message: "events:PutTargets was refused (403 AccessDenied).", made: ["The rule all-incidents."] },
  links: [],
  notes: [],
};
const complete = { ...failed, complete: true, steps: [step("rule", { status: "done" }), step("target", { status: "done" })], failure: null };

test("a failed step says what failed and what was made; Retry goes on from there", async () => {
  const desktop = openWindow("#/setup/a1", { ...world({ step: 5 }), setup_apply: () => failed });
  await waitFor(async () => expect(await screen.findByTestId("setup-apply")).not.toHaveAttribute("aria-disabled", "true"));
  await userEvent.click(screen.getByTestId("setup-apply"));
  const failure = within(await screen.findByTestId("setup-failure"));
  expect(failure.getByText("The set-up stopped at events:PutTargets")).toBeInTheDocument();
  expect(failure.getByText("events:PutTargets was refused (403 AccessDenied).")).toBeInTheDocument();
  expect(failure.getByText("The rule all-incidents.")).toBeInTheDocument();
  desktop.answer("setup_apply", () => complete);
  await userEvent.click(failure.getByTestId("setup-retry"));
  expect(await screen.findByTestId("prove")).toBeInTheDocument();
  expect(desktop.argsOf("setup_apply")).toEqual([{ actionId: "a1", form: setupForm() }, { actionId: "a1", form: setupForm() }]);
});

test("Undo asks first and then says what was removed and what was left", async () => {
  const desktop = openWindow("#/setup/a1", {
    ...world({ step: 5 }),
    setup_apply: () => failed,
    setup_undo: () => ({ removed: ["The rule all-incidents."], kept: ["The queue orders was there before."], failed: [] }),
  });
  await waitFor(async () => expect(await screen.findByTestId("setup-apply")).not.toHaveAttribute("aria-disabled", "true"));
  await userEvent.click(screen.getByTestId("setup-apply"));
  await userEvent.click(await screen.findByTestId("setup-undo"));
  expect(desktop.argsOf("setup_undo")).toEqual([]);
  await userEvent.click(screen.getByRole("button", { name: "Undo the set-up" }));
  const report = within(await screen.findByTestId("undo-report"));
  expect(report.getByText("The set-up was undone")).toBeInTheDocument();
  expect(report.getByText("The queue orders was there before.")).toBeInTheDocument();
});

test("the set-up shows each step as it runs, can be stopped, and then proves nine events live", async () => {
  let finish = (_: unknown) => {};
  const desktop = openWindow("#/setup/a1", {
    ...world({ step: 5 }),
    setup_apply: () => new Promise((done) => (finish = done)),
    setup_cancel: () => null,
    prove: () => run({ run_id: "r7", state: "running", proven: false, delivered: 0, waiting: 9 }),
    run: () => ({ ...run({ run_id: "r7" }), schema: "waybill.run/1", drift: [], events: [] }),
  });
  await waitFor(async () => expect(await screen.findByTestId("setup-apply")).not.toHaveAttribute("aria-disabled", "true"));
  await userEvent.click(screen.getByTestId("setup-apply"));
  await desktop.live({ kind: "setup_step", action_id: "a1", step: step("rule", { status: "running" }) });
  expect(screen.getByTestId("call-rule")).toHaveAttribute("data-status", "running");
  await desktop.live({ kind: "setup_step", action_id: "a1", step: step("rule", { status: "done", finding: "Done" }) });
  expect(screen.getByTestId("call-rule")).toHaveTextContent("Done");
  await userEvent.click(screen.getByTestId("setup-cancel"));
  expect(desktop.argsOf("setup_cancel")).toEqual([{ actionId: "a1" }]);
  finish(complete);
  await userEvent.click(await screen.findByTestId("prove"));
  await desktop.live({ kind: "deliveries", rows: [row(1, { run_id: "r7" })] });
  expect(screen.getByTestId("board-cell-incident-created")).toHaveAttribute("data-verdict", "delivered");
  expect(screen.getByTestId("board-cell-incident-raised")).toHaveAttribute("data-verdict", "");
  await desktop.live({ kind: "run", run: run({ run_id: "r7" }) });
  expect(screen.getByTestId("proof-headline")).toHaveTextContent("Proven 9/9");
  await userEvent.click(screen.getByTestId("setup-done"));
  expect(window.location.hash).toBe("#/overview");
});

test("a chain that stands already can be proven without setting it up again", async () => {
  const stands = plan({ steps: [step("rule", { status: "found", finding: "as wanted" }), step("permission", { status: "planned" })] });
  openWindow("#/setup/a1", { ...world({ step: 5 }), setup_plan: () => stands });
  expect(await screen.findByTestId("prove")).toBeInTheDocument();
  expect(screen.queryByTestId("setup-apply")).not.toBeInTheDocument();
});

test("AWS out of reach does not lose the wizard", async () => {
  openWindow("#/setup/a1", { ...world({ step: 4 }), setup_plan: () => refused("The sandbox does not answer.") });
  await userEvent.type(await screen.findByLabelText("Queue name"), "-2");
  await next();
  expect((await screen.findAllByText("The sandbox does not answer.")).length).toBeGreaterThan(0);
  expect(screen.getByLabelText("Queue name")).toHaveValue("incidents-2");
});
