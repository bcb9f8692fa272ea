import { expect, test } from "vitest";
import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import type { AttemptView } from "../../ipc/bindings/AttemptView";
import type { DeliveriesPage } from "../../ipc/bindings/DeliveriesPage";
import type { DeliveryFilter } from "../../ipc/bindings/DeliveryFilter";
import type { DeliveryRow } from "../../ipc/bindings/DeliveryRow";
import type { LatencyView } from "../../ipc/bindings/LatencyView";
import { openWindow } from "../../test/desktop";
import { detail, row, run } from "../../test/fixtures";
import { passes } from "./model/filter";

const NO_LATENCY: LatencyView = { summary: { p50: null, p95: null, p99: null, max: null }, points: [], buckets: [] };
const page = (rows: DeliveryRow[], next: number | null = null): DeliveriesPage => ({ rows, next });

function answers(rows: DeliveryRow[]) {
  return {
    deliveries: ({ filter }: Record<string, unknown>) => page(rows.filter((candidate) => passes(filter as DeliveryFilter, candidate))),
    latency: () => NO_LATENCY,
    list_runs: () => [run({ total: 2, delivered: 1, changed: 1 })],
    delivery: () => detail(),
  };
}

const shown = () => screen.getAllByRole("row").slice(1).map((line) => within(line).getAllByRole("gridcell")[2]?.textContent);

test("the stream shows what was published, newest first, each with the word of its verdict", async () => {
  openWindow("#/deliveries", answers([row(2, { verdict: "changed" }), row(1)]));
  await waitFor(() => expect(shown()).toEqual(["3710002", "3710001"]));
  const grid = screen.getByRole("grid", { name: "Deliveries" });
  expect(within(grid).getByText("Changed")).toBeInTheDocument();
  expect(within(grid).getByText("Delivered")).toBeInTheDocument();
});

test("a verdict's count narrows the stream to that verdict, and once more shows all again", async () => {
  const desktop = openWindow("#/deliveries", answers([row(2, { verdict: "changed" }), row(1)]));
  const changed = await screen.findByRole("button", { name: "1 Changed" });
  await userEvent.click(changed);
  await waitFor(() => expect(shown()).toEqual(["3710002"]));
  expect(changed).toHaveAttribute("aria-pressed", "true");
  expect(desktop.argsOf("deliveries").at(-1)).toMatchObject({ filter: { verdicts: ["changed"] } });
  await userEvent.click(changed);
  await waitFor(() => expect(shown()).toHaveLength(2));
});

test("text narrows the stream, and without a match the filter can be cleared", async () => {
  const desktop = openWindow("#/deliveries", answers([row(2), row(1)]));
  await waitFor(() => expect(shown()).toHaveLength(2));
  await userEvent.type(await screen.findByRole("combobox", { name: "Filter deliveries" }), "nowhere");
  await userEvent.click(await screen.findByText("Find “nowhere”"));
  await waitFor(() => expect(desktop.argsOf("deliveries").at(-1)).toMatchObject({ filter: { text: "nowhere" } }));
  await userEvent.click(await screen.findByRole("button", { name: "Clear filter" }));
  await waitFor(() => expect(shown()).toHaveLength(2));
});

test("live deliveries come in on top, and a new verdict renews its row", async () => {
  const desktop = openWindow("#/deliveries", answers([row(1, { verdict: "waiting", latency_ms: null })]));
  await waitFor(() => expect(shown()).toEqual(["3710001"]));
  await desktop.live({ kind: "deliveries", rows: [row(2, { verdict: "waiting" }), row(1)] });
  await waitFor(() => expect(shown()).toEqual(["3710002", "3710001"]));
  expect(within(screen.getByRole("grid")).getByText("Delivered")).toBeInTheDocument();
  expect(desktop.argsOf("deliveries"), "patched, not read again").toHaveLength(1);
});

test("a stopped view keeps its rows, counts what is new, and shows it on demand", async () => {
  const desktop = openWindow("#/deliveries", answers([row(1)]));
  await waitFor(() => expect(shown()).toEqual(["3710001"]));
  await userEvent.click(screen.getByRole("button", { name: "Stop" }));
  await desktop.live({ kind: "deliveries", rows: [row(2), row(3)] });
  expect(await screen.findByRole("button", { name: "↑ 2 new" })).toBeInTheDocument();
  expect(shown()).toEqual(["3710001"]);
  await userEvent.click(screen.getByRole("button", { name: "↑ 2 new" }));
  await waitFor(() => expect(shown()).toEqual(["3710003", "3710002", "3710001"]));
});

test("what another program published is read again, but not while the view is stopped", async () => {
  const desktop = openWindow("#/deliveries", answers([row(1)]));
  await waitFor(() => expect(shown()).toEqual(["3710001"]));
  desktop.answer("deliveries", answers([row(2), row(1)]).deliveries);
  await userEvent.click(screen.getByRole("button", { name: "Stop" }));
  await desktop.live({ kind: "changed", topic: "runs" });
  expect(desktop.argsOf("deliveries"), "the rows under the reader's eyes stay").toHaveLength(1);
  await userEvent.click(screen.getByRole("button", { name: "Start" }));
  await waitFor(() => expect(shown()).toEqual(["3710002", "3710001"]));
});

test("starting again takes in everything that came while stopped", async () => {
  const desktop = openWindow("#/deliveries", answers([row(1)]));
  await waitFor(() => expect(shown()).toEqual(["3710001"]));
  await userEvent.click(screen.getByRole("button", { name: "Stop" }));
  await desktop.live({ kind: "deliveries", rows: [row(2)] });
  await userEvent.click(screen.getByRole("button", { name: "Start" }));
  await waitFor(() => expect(shown()).toEqual(["3710002", "3710001"]));
});

test("a run's address shows that run alone, live ones of other runs left out", async () => {
  const desktop = openWindow("#/deliveries/r1", answers([row(1)]));
  await waitFor(() => expect(shown()).toEqual(["3710001"]));
  expect(desktop.argsOf("deliveries")[0]).toMatchObject({ filter: { run_id: "r1" }, before: null });
  await desktop.live({ kind: "deliveries", rows: [row(3, { run_id: "r2" }), row(2)] });
  await waitFor(() => expect(shown()).toEqual(["3710002", "3710001"]));
});

test("a chosen delivery shows its hops and that both envelopes are equal", async () => {
  openWindow("#/deliveries", answers([row(1)]));
  await userEvent.click(await screen.findByText("3710001"));
  const hops = await screen.findByRole("region", { name: "Hops" });
  expect(within(hops).getAllByRole("listitem").map((hop) => hop.textContent)).toEqual([
    "Writtenstore, committed0 ms",
    "SentPutPartnerEvents+2 ms",
    "Acceptedrequest-1+4 ms",
    "ReadReceiveMessage+8 ms",
  ]);
  expect(screen.getByText(/^Equal in detail/)).toBeInTheDocument();
});

test("a changed delivery names the fields and shows both values", async () => {
  const changed = detail({
    copies: [{ message_id: "m", body: '{"detail":{"id":"1","priority":"LOW"}}', received_at: "2026-11-01T10:00:00.020Z", receive_count: 1 }],
    differences: [{ path: "detail.priority", sent: '"HIGH"', received: '"LOW"' }],
  });
  openWindow("#/deliveries", { ...answers([row(1, { verdict: "changed" })]), delivery: () => changed });
  await userEvent.click(await screen.findByText("3710001"));
  expect(await screen.findByText("Differs in detail.priority")).toBeInTheDocument();
  expect(within(screen.getByLabelText("Sent")).getByText('"HIGH"')).toBeInTheDocument();
  expect(within(screen.getByLabelText("Received")).getByText('"LOW"')).toBeInTheDocument();
});

test("arrow keys move the selection and Escape ends it", async () => {
  openWindow("#/deliveries", answers([row(2), row(1)]));
  await waitFor(() => expect(shown()).toHaveLength(2));
  screen.getByRole("grid").focus();
  await userEvent.keyboard("{ArrowDown}{ArrowDown}");
  expect(screen.getAllByRole("row", { selected: true })[0]).toHaveTextContent("3710001");
  await userEvent.keyboard("{Escape}");
  expect(screen.queryAllByRole("row", { selected: true })).toHaveLength(0);
});

test("before anything is published the view says so", async () => {
  openWindow("#/deliveries", { ...answers([]), list_runs: () => [] });
  expect(await screen.findByText("No deliveries")).toBeInTheDocument();
});

test("deliveries that cannot be read show the sentence, and Retry reads them again", async () => {
  const desktop = openWindow("#/deliveries", { ...answers([row(1)]), deliveries: () => Promise.reject({ code: "store", message: "The store is locked.", detail: null }) });
  expect(await screen.findByText("The store is locked.")).toBeInTheDocument();
  desktop.answer("deliveries", () => page([row(1)]));
  await userEvent.click(screen.getByRole("button", { name: "Retry" }));
  await waitFor(() => expect(shown()).toEqual(["3710001"]));
});

test("publishing can be stopped while a run goes on", async () => {
  const desktop = openWindow("#/deliveries/r1", { ...answers([row(1)]), list_runs: () => [run({ state: "running", closed_at: null })], cancel_run: () => null });
  await userEvent.click(await screen.findByRole("button", { name: "Stop publishing" }));
  expect(desktop.argsOf("cancel_run")).toEqual([{ runId: "r1" }]);
});

test("interrupted runs are told of, and reading them to the end says why it is refused", async () => {
  const refused = { code: "refused", message: "The connection sandbox is read-only.", detail: null };
  const desktop = openWindow("#/deliveries", { ...answers([row(1)]), list_runs: () => [run({ state: "interrupted", closed_at: null })], take_up_runs: () => Promise.reject(refused) });
  const told = await screen.findByTestId("interrupted-runs");
  expect(within(told).getByText("1 run is interrupted")).toBeInTheDocument();
  await userEvent.click(within(told).getByTestId("take-up-runs"));
  expect(await screen.findByText("The connection sandbox is read-only.")).toBeInTheDocument();
  await desktop.live({ kind: "run", run: run({ state: "running", closed_at: null }) });
  await waitFor(() => expect(screen.queryByTestId("interrupted-runs")).not.toBeInTheDocument());
});

test("the evidence of a closed run is saved, and where it lies is said", async () => {
  const desktop = openWindow("#/deliveries/r1", { ...answers([row(1)]), save_report: () => ({ path: "/data/exports/run-r1.html", rows: 9 }) });
  await userEvent.click(await screen.findByRole("button", { name: "Evidence" }));
  await userEvent.click(await screen.findByText("Save as HTML"));
  expect(await screen.findByText("The evidence of 9 events was saved")).toBeInTheDocument();
  expect(screen.getByText("/data/exports/run-r1.html")).toBeInTheDocument();
  expect(desktop.argsOf("save_report")).toEqual([{ runId: "r1", format: "html" }]);
});

test("every request that carried an event is shown where it took more than one", async () => {
  const attempts: AttemptView[] = [
    { number: 1, left_at: "2026-11-01T10:00:00.000Z", answered_at: "2026-11-01T10:00:00.040Z", outcome: "refused", reason: "ThrottlingException: Rate exceeded", request_id: "request-0" },
    { number: 2, left_at: "2026-11-01T10:00:00.300Z", answered_at: "2026-11-01T10:00:00.306Z", outcome: "accepted", reason: null, request_id: "request-1" },
  ];
  openWindow("#/deliveries", { ...answers([row(1)]), delivery: () => detail({ attempts }) });
  await userEvent.click(await screen.findByText("3710001"));
  const requests = await screen.findByRole("region", { name: "Requests that carried it" });
  expect(within(requests).getAllByRole("listitem").map((line) => line.textContent)).toEqual([
    expect.stringContaining("RefusedThrottlingException: Rate exceeded · answered after 40 ms"),
    expect.stringContaining("Acceptedanswered after 6 ms"),
  ]);
});

test("a search that finds little goes on further back by itself, and can be stopped", async () => {
  const desktop = openWindow("#/deliveries", {
    ...answers([]),
    deliveries: ({ before }) => (before === null ? page([row(900)], 800) : before === 800 ? page([], 700) : new Promise(() => undefined)),
  });
  await waitFor(() => expect(desktop.argsOf("deliveries").map((args) => args.before)).toEqual([null, 800, 700]));
  expect(shown()).toEqual(["3710900"]);
  await userEvent.click(within(screen.getByText(/Looking further back/)).getByRole("button", { name: "Stop" }));
  expect(await screen.findByRole("button", { name: "Look further back" })).toBeInTheDocument();
});

test("an event is redelivered as a run of its own, shown beside the first attempt", async () => {
  const desktop = openWindow("#/deliveries", { ...answers([row(1)]), publish_again: () => run({ run_id: "r9" }) });
  await userEvent.click(await screen.findByText("3710001"));
  await userEvent.click(await screen.findByTestId("redeliver"));
  expect(desktop.argsOf("publish_again")).toEqual([{ delivery: 1, detail: null }]);
  desktop.answer("delivery", () => detail({ further_attempts: [row(7, { verdict: "waiting", latency_ms: null, incident_id: "3719999" })] }));
  await desktop.live({ kind: "deliveries", rows: [row(1, { verdict: "late" })] });
  const attempts = await screen.findByRole("region", { name: "Attempts" });
  expect(within(attempts).getByText("3719999")).toBeInTheDocument();
  desktop.answer("delivery", () => detail({ further_attempts: [row(7, { incident_id: "3719999" })] }));
  await desktop.live({ kind: "deliveries", rows: [row(7, { incident_id: "3719999" })] });
  await waitFor(() => expect(within(attempts).getAllByText("Delivered")).toHaveLength(2));
});

test("an event that was not published again says why", async () => {
  openWindow("#/deliveries", { ...answers([row(1)]), publish_again: () => Promise.reject({ code: "refused", message: "The chain is not set up.", detail: null }) });
  await userEvent.click(await screen.findByText("3710001"));
  await userEvent.click(await screen.findByTestId("redeliver"));
  expect(await screen.findByText("The chain is not set up.")).toBeInTheDocument();
});

test("the list begins at any moment and leads back to the newest", async () => {
  const desktop = openWindow("#/deliveries", answers([row(1)]));
  await userEvent.click(await screen.findByRole("button", { name: "Jump to…" }));
  await userEvent.type(await screen.findByLabelText("Begin at"), "2026-11-01 12:00");
  await userEvent.click(screen.getByRole("button", { name: "Jump" }));
  const until = new Date("2026-11-01T12:00:00").toISOString();
  await waitFor(() => expect(desktop.argsOf("deliveries").at(-1)).toMatchObject({ filter: { until } }));
  await userEvent.click(await screen.findByRole("button", { name: "Back to the newest" }));
  await waitFor(() => expect(screen.getByRole("button", { name: "Jump to…" })).toBeInTheDocument());
});
