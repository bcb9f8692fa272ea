import { expect, test, vi } from "vitest";
import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { openWindow } from "../../test/desktop";
import { action, chain, environment, row, run } from "../../test/fixtures";

const FIRST = "Run the nine-event proof";

test("first launch offers the nine-event proof and starts it without an action", async () => {
  const prove = () => {
    desktop.answer("overview", () => [chain()]);
    return run({ state: "running" });
  };
  const desktop = openWindow("#/overview", { overview: () => [], prove });
  await userEvent.click(await screen.findByRole("button", { name: FIRST }));
  expect(desktop.argsOf("prove")).toEqual([{ actionId: null }]);
  expect(await screen.findByRole("heading", { name: "Overview" })).toBeInTheDocument();
});

test("the first chain lights up link by link while it is being made", async () => {
  const desktop = openWindow("#/overview", { overview: () => [] });
  expect(await screen.findAllByText("To be made")).toHaveLength(6);
  const step = { id: "bus", group: "bus", call: "events:CreateEventBus", summary: "", writes: true, finding: "", input: "", request_id: null, replaces: null };
  await desktop.live({ kind: "setup_step", action_id: "a1", step: { ...step, status: "running" } });
  expect(within(screen.getByTestId("link-bus")).getByText("Being made")).toBeInTheDocument();
  await desktop.live({ kind: "setup_step", action_id: "a1", step: { ...step, status: "done" } });
  expect(within(screen.getByTestId("link-bus")).getByText("Made")).toBeInTheDocument();
});

test("a proof that cannot start says why and leaves the button", async () => {
  const prove = vi.fn(() => Promise.reject({ code: "unreachable", message: "The sandbox does not answer.", detail: null }));
  openWindow("#/overview", { overview: () => [], prove });
  await userEvent.click(await screen.findByRole("button", { name: FIRST }));
  expect(await screen.findByText("The sandbox does not answer.")).toBeInTheDocument();
  expect(screen.getByRole("button", { name: FIRST })).toBeEnabled();
});

test("chains that cannot be read show the sentence, and Retry reads them again", async () => {
  const desktop = openWindow("#/overview", {
    overview: () => Promise.reject({ code: "aws", message: "events:ListEventBuses was refused.", detail: "request 4f2a" }),
  });
  expect(await screen.findByText("events:ListEventBuses was refused.")).toBeInTheDocument();
  expect(screen.getByText("request 4f2a")).toBeInTheDocument();
  desktop.answer("overview", () => [chain()]);
  await userEvent.click(screen.getByRole("button", { name: "Retry" }));
  expect(await screen.findByText("Nine published, nine read back.")).toBeInTheDocument();
});

test("a chain is exported as code, and saved as another kind", async () => {
  const chain_code = ({ kind }: Record<string, unknown>) => ({ action: "Ops", as: kind, file_name: "chain.tf", notes: ["Not there, and as Waybill sets it up: rule all."], text: `code of ${String(kind)}` });
  const desktop = openWindow("#/overview", { overview: () => [chain()], chain_code, save_chain_code: () => ({ path: "/data/exports/chain.yaml", rows: 3 }) });
  await userEvent.click(await screen.findByRole("button", { name: /^More of/ }));
  await userEvent.click(screen.getByRole("menuitem", { name: "Export as code…" }));
  expect(await screen.findByText(/code of terraform/)).toBeInTheDocument();
  expect(screen.getByText(/as Waybill sets it up/)).toBeInTheDocument();
  await userEvent.click(screen.getByRole("button", { name: "CloudFormation" }));
  expect(await screen.findByText(/code of cloudformation/)).toBeInTheDocument();
  await userEvent.click(screen.getByRole("button", { name: "Save to a file" }));
  expect(await screen.findByText("/data/exports/chain.yaml")).toBeInTheDocument();
  expect(desktop.argsOf("save_chain_code")).toEqual([{ actionId: chain().action.id, kind: "cloudformation" }]);
});

test("a chain is compared with its record, and restored by exactly what was shown", async () => {
  const field = { part: "Rule", field: "State", recorded: "ENABLED", live: "DISABLED", restorable: true };
  const step = { call: "events:EnableRule", input: "{}", undo_call: "events:DisableRule", undo_input: "{}", difference: [], before: "", after: "" };
  const view = { schema: "waybill.drift/1", action: "Ops", differences: [field], state: "s1", restore: { plan: "p1", sentence: "", steps: [step] }, restored: [], undoable: null };
  const restored = { ...view, differences: [], restore: null, restored: [step] };
  const desktop = openWindow("#/overview", { overview: () => [chain()], drift: () => view, restore_drift: () => restored });
  await userEvent.click(await screen.findByRole("button", { name: /^More of/ }));
  await userEvent.click(screen.getByRole("menuitem", { name: "Compare with its record…" }));
  expect(await screen.findByText("Rule: State")).toBeInTheDocument();
  expect(screen.getByText("DISABLED")).toBeInTheDocument();
  await userEvent.click(screen.getByRole("button", { name: "Restore mine" }));
  expect(await screen.findByText("The chain is as recorded.")).toBeInTheDocument();
  expect(desktop.argsOf("restore_drift")).toEqual([{ actionId: chain().action.id, shown: "p1" }]);
});

test("Prove it publishes the events of that action", async () => {
  const desktop = openWindow("#/overview", { overview: () => [chain({ action: action({ id: "a9" }) })], prove: () => run({ action_id: "a9", run_id: "r2", state: "running" }) });
  await userEvent.click(await screen.findByRole("button", { name: "Prove it" }));
  expect(desktop.argsOf("prove")).toEqual([{ actionId: "a9" }]);
});

test("a run that begins clears the board, and its verdicts fill it without reading AWS again", async () => {
  const desktop = openWindow("#/overview", { overview: () => [chain()] });
  const cell = () => screen.getByTestId("board-cell-incident-created");
  await screen.findByTestId("board");
  await desktop.live({ kind: "run", run: run({ run_id: "r2", started_at: "2026-11-01T11:00:00.000Z", state: "running", delivered: 0, waiting: 9 }) });
  await waitFor(() => expect(cell()).toHaveAccessibleName("incident-created: Not published yet"));
  await desktop.live({ kind: "deliveries", rows: [row(1, { run_id: "r2", latency_ms: 14 })] });
  await waitFor(() => expect(cell()).toHaveAccessibleName("incident-created: Delivered · 14 ms"));
  expect(desktop.argsOf("overview"), "patched, not read again").toHaveLength(1);
});

test.each([
  ["continue_setup" as const, { last_run: null }, "Continue set-up"],
  ["inspect" as const, { last_run: run({ proven: false, delivered: 0, missing: 9 }) }, "Prove again"],
  ["prove" as const, { last_run: null }, "Prove it"],
])("a chain whose next step is %s offers it", async (next, changes, button) => {
  openWindow("#/overview", { overview: () => [chain({ next, ...changes })] });
  const name = new RegExp(button);
  expect(await screen.findByText(name)).toBeInTheDocument();
});

test("a failed proof is named after its gravest verdict", async () => {
  const failed = run({ proven: false, delivered: 6, late: 1, missing: 2 });
  openWindow("#/overview", { overview: () => [chain({ next: "inspect", last_run: failed })] });
  expect(await screen.findByTestId("proof-headline")).toHaveTextContent("Missing 2 of 9");
});

test("on real AWS an empty overview does not speak of the sandbox", async () => {
  openWindow("#/overview", { overview: () => [], environment: () => environment({ kind: "aws", badge: "AWS" }) });
  expect(await screen.findByText("No alert actions")).toBeInTheDocument();
  expect(screen.queryByText("The sandbox is ready")).not.toBeInTheDocument();
});

test("the evidence of a chain's last proof is saved from its menu", async () => {
  const desktop = openWindow("#/overview", { overview: () => [chain()], save_report: () => ({ path: "/data/exports/run-r1.html", rows: 9 }) });
  await userEvent.click(await screen.findByRole("button", { name: "More of EventBridge operations" }));
  await userEvent.click(await screen.findByText("Save evidence of the last proof"));
  expect(await screen.findByText("/data/exports/run-r1.html")).toBeInTheDocument();
  expect(desktop.argsOf("save_report")).toEqual([{ runId: "r1", format: "html" }]);
});

test("on AWS each resource opens in the console of its region, and what is not there yet says so", async () => {
  const page = "https://eu-central-1.console.aws.amazon.com/events/home?region=eu-central-1#/eventbus/x";
  const links = chain().links.map((link) => (link.kind === "bus" ? { ...link, page } : link));
  const desktop = openWindow("#/overview", { overview: () => [chain({ links })], environment: () => environment({ kind: "aws", badge: "PROD" }), open_aws_page: () => null });
  await userEvent.click(await screen.findByRole("button", { name: "More of EventBridge operations" }));
  await userEvent.click(await screen.findByRole("menuitem", { name: /^Event bus/ }));
  expect(desktop.argsOf("open_aws_page")).toEqual([{ address: page }]);
  await userEvent.click(screen.getByRole("button", { name: "More of EventBridge operations" }));
  expect(await screen.findByRole("menuitem", { name: /^Rule/ })).toHaveAttribute("aria-disabled", "true");
});

test("on the sandbox the AWS console is shown as not applicable", async () => {
  const desktop = openWindow("#/overview", { overview: () => [chain()] });
  await userEvent.click(await screen.findByRole("button", { name: "More of EventBridge operations" }));
  const queue = await screen.findByRole("menuitem", { name: /^SQS queue/ });
  expect(queue).toHaveAttribute("aria-disabled", "true");
  await userEvent.click(queue);
  expect(desktop.argsOf("open_aws_page"), "nothing is opened").toEqual([]);
});

test("a chain that cannot be read shows its links as not read beside one that was", async () => {
  const lost = chain({ action: action({ id: "a2", name: "Checkout" }), links: [], read_at: null, unread: "events:DescribeRule was not answered.", sentence: "The chain could not be read: events:DescribeRule was not answered." });
  openWindow("#/overview", { overview: () => [chain(), lost] });
  const card = within(await screen.findByRole("article", { name: "Checkout" }));
  expect(card.getAllByText("Not read")).toHaveLength(5);
  expect(card.getByText(/events:DescribeRule was not answered/)).toBeInTheDocument();
  expect(screen.queryByText("No chain could be read from AWS"), "the other one was").not.toBeInTheDocument();
});

test("when nothing answers it is said once, with what to do, and the last proofs stay", async () => {
  const lost = chain({ links: [], read_at: null, unread: "The sandbox does not answer." });
  const desktop = openWindow("#/overview", { overview: () => [lost] });
  expect(await screen.findByText("No chain could be read from AWS")).toBeInTheDocument();
  expect(screen.getByTestId("proof-headline")).toHaveTextContent("Proven 9/9");
  desktop.answer("overview", () => [chain()]);
  await userEvent.click(screen.getByRole("button", { name: "Read again" }));
  await waitFor(() => expect(screen.queryByText("No chain could be read from AWS")).not.toBeInTheDocument());
});

test("a pending source counts down to the second until AWS deletes it", async () => {
  const links = chain().links.map((link) => (link.kind === "partner_source" ? { ...link, state: "pending" as const } : link));
  const expires_at = new Date(Date.now() + 6 * 86_400_000 + 3_600_000).toISOString();
  openWindow("#/overview", { overview: () => [chain({ links, next: "continue_setup", last_run: null, expires_at })] });
  expect(await screen.findByText(/^expires in 6 d 00:59:5\d$/)).toBeInTheDocument();
});
