import { beforeEach, expect, test } from "vitest";
import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { openWindow } from "../test/desktop";
import { diagnosis, policyCause } from "../test/doctor";
import { action, chain, run } from "../test/fixtures";
import { nextStep, type TourFacts } from "./useTourFacts";

beforeEach(() => window.localStorage.clear());

const facts = (changes: Partial<TourFacts> = {}): TourFacts => ({ reading: false, gone: false, broken: false, proven: false, missing: false, named: false, proving: false, failed: false, ...changes });

test.each<[number, Partial<TourFacts>, number, string]>([
  [0, { proven: true }, 1, "a chain that is green already was proven"],
  [0, { proven: true, broken: true }, 0, "a chain that is broken on purpose is to be put back first"],
  [1, {}, 1, "nothing was broken yet"],
  [1, { broken: true }, 2, "the fault is in force"],
  [2, { broken: true, proven: true }, 2, "an old green run says nothing"],
  [2, { broken: true, missing: true }, 3, "a new run missed its events"],
  [3, {}, 1, "the fault was reset meanwhile: it is to be made again"],
  [3, { broken: true, named: true }, 4, "the doctor names it"],
  [4, { broken: true, proving: true }, 5, "the repair is being proven"],
  [5, { broken: true, failed: true }, 3, "a repair that did not help leads back to the doctor"],
  [5, { broken: true, proven: true }, 6, "it is green again"],
  [2, { reading: true, missing: true }, 2, "nothing is known yet"],
])("from step %i with %o the tour goes to %i: %s", (step, changes, to, why) => {
  expect(nextStep(step, facts(changes)), why).toBe(to);
});

const later = (ms: number) => new Date(Date.now() + ms).toISOString();
const green = () => chain();

test("the tour is offered after a green proof, notices each step, and ends with the fault lab put back", async () => {
  const desktop = openWindow("#/overview", {
    overview: () => [green()], list_alert_actions: () => [action()], chain: green, reset_every_fault: () => [],
    diagnose_live: () => diagnosis([policyCause()]), start_run: () => run({ run_id: "r2", state: "running", started_at: later(1000) }),
  });
  await userEvent.click(await screen.findByTestId("tour-start"));
  const bar = await screen.findByTestId("tour");
  await waitFor(() => expect(bar).toHaveAttribute("data-step", "2"));
  expect(within(bar).getByTestId("tour-go")).toBeInTheDocument();

  desktop.answer("active_faults", () => [{ action_id: "a1", action: "EventBridge operations", id: "queue-policy", sentence: "" }]);
  await desktop.live({ kind: "changed", topic: "chains" });
  await waitFor(() => expect(bar).toHaveAttribute("data-step", "3"));

  await userEvent.click(screen.getByTestId("prove"));
  expect(desktop.argsOf("start_run"), "the deadline is short during the tour").toMatchObject([{ start: { action_id: "a1", timeout_ms: 3000 } }]);
  const missed = run({ run_id: "r2", started_at: later(1000), proven: false, delivered: 0, missing: 9 });
  desktop.answer("overview", () => [chain({ next: "inspect", last_run: missed })]);
  await desktop.live({ kind: "run", run: missed });
  await waitFor(() => expect(bar).toHaveAttribute("data-step", "4"));

  await userEvent.click(await screen.findByTestId("ask-doctor"));
  await waitFor(() => expect(bar).toHaveAttribute("data-step", "5"));
  const repaired = run({ run_id: "r3", started_at: later(60_000) });
  desktop.answer("overview", () => [chain({ last_run: repaired })]);
  await desktop.live({ kind: "run", run: repaired });
  expect(await screen.findByTestId("tour-done")).toHaveTextContent("You have seen the whole loop in");
  await userEvent.click(screen.getByTestId("tour-finish"));
  await waitFor(() => expect(screen.queryByTestId("tour-done")).not.toBeInTheDocument());
  expect(desktop.argsOf("reset_every_fault")).toHaveLength(1);
});

test("a tour that was left waits where it was", async () => {
  openWindow("#/overview", { overview: () => [green()] });
  await userEvent.click(await screen.findByTestId("tour-start"));
  await waitFor(async () => expect(await screen.findByTestId("tour")).toHaveAttribute("data-step", "2"));
  await userEvent.click(screen.getByTestId("tour-leave"));
  expect(await screen.findByText("The tour waits at step 2 of 6: Break the queue policy.")).toBeInTheDocument();
  await userEvent.click(screen.getByTestId("tour-resume"));
  expect(await screen.findByTestId("tour")).toHaveAttribute("data-step", "2");
});

test("a tour that is not wanted is not offered again", async () => {
  openWindow("#/overview", { overview: () => [green()] });
  await screen.findByTestId("tour-start");
  await userEvent.click(screen.getByRole("button", { name: "No tour" }));
  await waitFor(() => expect(screen.queryByTestId("tour-start")).not.toBeInTheDocument());
});
