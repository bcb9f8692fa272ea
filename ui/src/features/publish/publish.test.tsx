import { expect, test } from "vitest";
import { act, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { EditorView } from "@codemirror/view";
import type { DetailCheck } from "../../ipc/bindings/DetailCheck";
import { openWindow } from "../../test/desktop";
import { action, row, run } from "../../test/fixtures";
import { badInput, formDefaults } from "../../test/forms";
import { readDelay } from "./model/delay";
import { readDetail, withFields } from "./model/detailForm";
import { readRun } from "./model/runForm";
import { paceWords } from "../../runs/pace";

const check = (changes: Partial<DetailCheck> = {}): DetailCheck => ({ bytes: 612, limit: 1_048_576, problem: null, differences: [], expected: true, expectation: "Rule all-incidents will match", ...changes });

const scenario = (name: string, built_in: boolean) => ({
  name,
  description: "Nobody answers",
  steps: [{ event_type: "incident-created", after_ms: 0 }, { event_type: "incident-auto-escalated", after_ms: 5000 }, { event_type: "incident-resolved", after_ms: 90_000 }],
  duration_ms: 95_000,
  built_in,
});

const world = {
  list_alert_actions: () => [action()],
  form_defaults: () => formDefaults(),
  compose: ({ eventType }: Record<string, unknown>) => ({ event_type: eventType, detail: `{"eventType":"${eventType as string}"}`, partner_source: "s", derived: false, check: check() }),
  check_detail: () => check(),
  list_templates: () => [],
  list_scenarios: () => [scenario("Escalation", true), scenario("Mine", false)],
  deliveries: () => ({ rows: [], next: null }),
};

const editor = () => screen.findByRole("textbox", { name: "Detail" });
const enter = (element: HTMLElement, text: string) =>
  act(async () => {
    const view = EditorView.findFromDOM(element);
    view?.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } });
  });

test("without an alert action there is nothing to publish through, and the way there is shown", async () => {
  openWindow("#/publish", { list_alert_actions: () => [] });
  expect(await screen.findByRole("link", { name: "Set up step by step" })).toBeInTheDocument();
});

test("a composed event says its size and what is expected of it, and is published as it stands", async () => {
  const desktop = openWindow("#/publish", { ...world, publish_event: () => run({ run_id: "r5", state: "running", total: 1, delivered: 0, waiting: 1 }) });
  await editor();
  await userEvent.click(screen.getByRole("radio", { name: "incident-resolved" }));
  await waitFor(async () => expect(await editor()).toHaveTextContent('{"eventType":"incident-resolved"}'));
  expect(screen.getByTestId("detail-check")).toHaveTextContent("612 B of 1 MB");
  expect(screen.getByTestId("detail-check")).toHaveTextContent("Rule all-incidents will match");
  await userEvent.click(screen.getByTestId("publish-event"));
  expect(desktop.argsOf("publish_event")).toEqual([{ actionId: "a1", eventType: "incident-resolved", detail: '{"eventType":"incident-resolved"}' }]);
  await desktop.live({ kind: "run", run: run({ run_id: "r5", total: 1, delivered: 1 }) });
  expect(within(screen.getByTestId("published")).getByText("1 Delivered")).toBeInTheDocument();
});

test("a detail that is refused cannot be published, stays as typed, and Reset brings the sample back", async () => {
  const problem = { message: "the detail has 1,048,580 bytes; EventBridge accepts 1,048,576", line: null, column: null };
  openWindow("#/publish", { ...world, check_detail: () => check({ problem, expectation: "" }) });
  await enter(await editor(), "{ too much");
  expect(await screen.findByText(problem.message)).toBeInTheDocument();
  expect(screen.getByTestId("publish-event")).toBeDisabled();
  await userEvent.click(screen.getByRole("button", { name: "Reset" }));
  await waitFor(async () => expect(await editor()).toHaveTextContent('{"eventType":"incident-created"}'));
  await waitFor(() => expect(screen.getByTestId("publish-event")).toBeEnabled());
});

test("what was typed for one event type is there again after looking at another", async () => {
  openWindow("#/publish", world);
  await enter(await editor(), '{"mine":1}');
  await userEvent.click(screen.getByRole("radio", { name: "incident-resolved" }));
  await waitFor(async () => expect(await editor()).toHaveTextContent("incident-resolved"));
  await userEvent.click(screen.getByRole("radio", { name: "incident-created" }));
  await waitFor(async () => expect(await editor()).toHaveTextContent('{"mine":1}'));
});

test("a run is started as typed, counted live, and can be stopped", async () => {
  const going = run({ run_id: "r6", state: "running", proven: false, total: 40, published: 20, delivered: 10, waiting: 10 });
  const desktop = openWindow("#/publish", { ...world, start_run: () => going, cancel_run: () => null });
  await userEvent.type(await screen.findByLabelText("Events"), "40");
  await userEvent.type(screen.getByLabelText("Rate"), "12.5");
  await userEvent.type(screen.getByLabelText("Timeout"), "2.5");
  await userEvent.click(screen.getByTestId("start-run"));
  expect(desktop.argsOf("start_run")).toEqual([{ start: { action_id: "a1", event_types: [], count: 40, rate: 12.5, publishers: null, timeout_ms: 2500 } }]);
  const progress = within(await screen.findByTestId("run-progress"));
  expect(progress.getByText("10 of 40 settled · 20 published")).toBeInTheDocument();
  expect(screen.getByLabelText("Events")).toBeDisabled();
  await userEvent.click(screen.getByTestId("stop-run"));
  expect(desktop.argsOf("cancel_run")).toEqual([{ runId: "r6" }]);
  await desktop.live({ kind: "run", run: run({ run_id: "r6", total: 20, published: 20, delivered: 20 }) });
  expect(progress.getByText("Run proven")).toBeInTheDocument();
  expect(screen.queryByTestId("stop-run")).not.toBeInTheDocument();
});

test("a run can have its event bus log it", async () => {
  const desktop = openWindow("#/publish", { ...world, start_run: () => run({ run_id: "r7" }) });
  await userEvent.click(await screen.findByRole("checkbox", { name: "Have the event bus log the run" }));
  await userEvent.click(screen.getByTestId("start-run"));
  expect(desktop.argsOf("start_run")).toEqual([{ start: { action_id: "a1", event_types: [], count: null, rate: null, publishers: null, timeout_ms: null, bus_logging: true } }]);
});

test("a run that is refused says so at the field", async () => {
  openWindow("#/publish", { ...world, start_run: () => badInput({ field: "Events", reason: "at most 100000" }) });
  await userEvent.type(await screen.findByLabelText("Events"), "999999999");
  await userEvent.click(screen.getByTestId("start-run"));
  expect(await screen.findByText("At most 100000")).toBeInTheDocument();
  expect(screen.getByLabelText("Events")).toHaveValue("999999999");
});

test("a detail is saved under a name, and its template comes back about a new incident", async () => {
  const desktop = openWindow("#/publish", { ...world, save_template: () => ({ id: 3, name: "Night", event_type: "incident-created", saved_at: "2026-11-01T10:00:00.000Z" }) });
  await editor();
  await userEvent.click(screen.getByRole("button", { name: "Templates" }));
  await userEvent.click(await screen.findByText("Save as template…"));
  await userEvent.type(await screen.findByLabelText("Name"), "Night");
  await userEvent.click(screen.getByTestId("save-template"));
  expect(desktop.argsOf("save_template")).toEqual([{ name: "Night", eventType: "incident-created", detail: '{"eventType":"incident-created"}' }]);
  expect(await screen.findByText("Template Night was saved")).toBeInTheDocument();
  desktop.answer("list_templates", () => [{ id: 3, name: "Night", event_type: "incident-resolved", saved_at: "2026-11-01T10:00:00.000Z" }]);
  desktop.answer("compose_template", () => ({ event_type: "incident-resolved", detail: '{"id":"9"}', partner_source: "s", derived: false, check: check() }));
  await desktop.live({ kind: "changed", topic: "templates" });
  await userEvent.click(screen.getByRole("button", { name: "Templates" }));
  await userEvent.click((await screen.findAllByText("Night"))[0]!);
  await waitFor(async () => expect(await editor()).toHaveTextContent('{"id":"9"}'));
  expect(desktop.argsOf("compose_template")).toEqual([{ actionId: "a1", template: 3 }]);
});

test("the form changes its fields in the JSON and leaves the others as they are", async () => {
  const text = '{"id":"7","summary":"old","priority":"HIGH","more":[1]}';
  openWindow("#/publish", { ...world, compose: () => ({ event_type: "incident-created", detail: text, partner_source: "s", derived: false, check: check() }) });
  await editor();
  await userEvent.click(screen.getByRole("button", { name: "Form" }));
  const summary = await screen.findByLabelText("Summary");
  await userEvent.clear(summary);
  await userEvent.type(summary, "new");
  await userEvent.click(screen.getByRole("button", { name: "JSON" }));
  await waitFor(async () => expect(await editor()).toHaveTextContent('"summary": "new"'));
  expect(await editor()).toHaveTextContent('"priority": "HIGH"');
});

test("the form keeps its hands off what it would spell in another way", () => {
  expect(readDetail('{"n": 1.50}').why).toMatch(/edit it as JSON/);
  expect(readDetail('{"n": 1.5, "s": "a  b"}').why).toBeNull();
  expect(readDetail("{").why).toMatch(/not JSON yet/);
  expect(withFields({ assignedTo: {}, id: "1" }, { assigned: false })).toBe('{\n  "assignedTo": null,\n  "id": "1"\n}');
});

test("fields that are not as in iLert's events are said, and the event can be published", async () => {
  const differences = [{ message: "`priority` is usually HIGH or LOW", line: 1, column: 2 }];
  openWindow("#/publish", { ...world, compose: () => ({ event_type: "incident-created", detail: "{}", partner_source: "s", derived: false, check: check({ differences }) }) });
  expect(await screen.findByText("`priority` is usually HIGH or LOW")).toBeInTheDocument();
  expect(screen.getByTestId("publish-event")).toBeEnabled();
});

test("a run says how fast it goes and how long it will take", () => {
  expect(paceWords({ per_second: 249.6, left_ms: 12_000 })).toBe("250 events/s, about 12 s left");
  expect(paceWords({ per_second: null, left_ms: null })).toBe("");
});

test("text that is no number never crosses to the Rust side", () => {
  const cases: [Parameters<typeof readRun>[1], string[]][] = [
    [{ eventTypes: [], events: "", rate: "", timeout: "", busLogging: false }, []],
    [{ eventTypes: [], events: "ten", rate: "", timeout: "", busLogging: false }, ["Events"]],
    [{ eventTypes: [], events: "1.5", rate: "-1", timeout: "x", busLogging: false }, ["Timeout", "Events", "Rate"]],
  ];
  for (const [form, fields] of cases) {
    expect(readRun("a1", form).problems.map((problem) => problem.field), JSON.stringify(form)).toEqual(fields);
  }
});

test("an alert action whose chain is not finished says that nothing would arrive", async () => {
  openWindow("#/publish/a1", { ...world, list_alert_actions: () => [action({ chain: "partial" })] });
  expect(await screen.findByText("The chain is not set up")).toBeInTheDocument();
});

const chooseScenario = async (item: string) => {
  await userEvent.click(await screen.findByRole("button", { name: "Scenarios" }));
  await userEvent.click(await screen.findByRole("menuitem", { name: item }));
};

test("a scenario is drawn with its waits, runs by its name, and its steps light up as they arrive", async () => {
  const desktop = openWindow("#/publish", { ...world, start_run: () => run({ run_id: "r7", state: "running", total: 3, delivered: 0, waiting: 3 }) });
  const rail = within(await screen.findByRole("list", { name: "Steps of the scenario" }));
  expect(rail.getAllByRole("listitem").map((step) => step.textContent)).toEqual(["5 screatedPlanned +0 s", "90 sauto-escalatedPlanned +5 s", "resolvedPlanned +95 s"]);
  await userEvent.click(screen.getByTestId("start-scenario"));
  expect(desktop.argsOf("start_run")).toMatchObject([{ start: { action_id: "a1", scenario: "Escalation", count: null, event_types: [] } }]);
  await desktop.live({ kind: "deliveries", rows: [row(41, { run_id: "r7", latency_ms: 13 })] });
  expect(rail.getAllByRole("listitem")[0]).toHaveTextContent("Delivered · 13 ms");
  await desktop.live({ kind: "progress", progress: { run_id: "r7", action: "x", total: 3, published: 1, settled: 1, per_second: 0.5, left_ms: 4000 } });
  expect(screen.getByTestId("run-progress")).toHaveTextContent("about 4 s left");
});

test("one that every Waybill has is changed in a copy only", async () => {
  const desktop = openWindow("#/publish", { ...world, save_scenario: () => scenario("Escalation copy", false) });
  await userEvent.click(await screen.findByRole("button", { name: "Scenarios" }));
  expect(await screen.findByRole("menuitem", { name: /^Edit/ })).toHaveAttribute("aria-disabled", "true");
  await userEvent.click(screen.getByRole("menuitem", { name: "Duplicate…" }));
  const dialog = within(await screen.findByRole("dialog"));
  expect(dialog.getByLabelText("Name")).toHaveValue("Escalation copy");
  await userEvent.clear(dialog.getByLabelText("Wait before step 2"));
  await userEvent.type(dialog.getByLabelText("Wait before step 2"), "2 min");
  await userEvent.click(dialog.getByRole("button", { name: "Move step 3 up" }));
  await userEvent.click(dialog.getByTestId("save-scenario"));
  const [saved] = desktop.argsOf("save_scenario");
  expect(saved).toMatchObject({ replaces: null, form: { name: "Escalation copy", steps: [{ event_type: "incident-created", after_ms: 0 }, { event_type: "incident-resolved", after_ms: 90_000 }, { event_type: "incident-auto-escalated", after_ms: 120_000 }] } });
});

test("a step that is refused is named at its row, and a wait that is no time never leaves the window", async () => {
  const desktop = openWindow("#/publish", { ...world, save_scenario: () => badInput({ field: "Steps", reason: "step 3: a resolved incident takes no more steps" }) });
  await chooseScenario("Duplicate…");
  const dialog = within(await screen.findByRole("dialog"));
  await userEvent.type(dialog.getByLabelText("Wait before step 2"), " or so");
  await userEvent.click(dialog.getByTestId("save-scenario"));
  expect(await dialog.findByText(/`5 s or so` is not a time/)).toBeInTheDocument();
  expect(desktop.argsOf("save_scenario")).toEqual([]);
  await userEvent.clear(dialog.getByLabelText("Wait before step 2"));
  await userEvent.click(dialog.getByTestId("save-scenario"));
  expect(await dialog.findByText("Step 3: a resolved incident takes no more steps")).toBeInTheDocument();
});

test.each([["5", 5000], ["500ms", 500], ["1.5 s", 1500], ["2 min", 120_000], ["", 0], ["soon", null], ["-1", null]])("a wait typed as %j is %s ms", (text, ms) => expect(readDelay(text)).toBe(ms));
