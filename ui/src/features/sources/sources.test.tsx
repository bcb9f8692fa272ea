import { expect, test } from "vitest";
import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import type { AlertSourceView } from "../../ipc/bindings/AlertSourceView";
import { openWindow } from "../../test/desktop";
import { action } from "../../test/fixtures";
import { badInput, formDefaults, incident, refused } from "../../test/forms";

const source = (changes: Partial<AlertSourceView> = {}): AlertSourceView => ({ id: 7, name: "Checkout", actions: 1, open_incidents: 1, ...changes });

const page = (possible = incident().possible) => ({
  alert_source: () => ({ source: source(), actions: [action()], incidents: [incident({ possible })] }),
});

test("without alert sources the list says what one is and offers to create it", async () => {
  openWindow("#/sources", { list_alert_sources: () => [] });
  expect(await screen.findByText("No alert sources")).toBeInTheDocument();
  expect(screen.getAllByRole("button", { name: "Create alert source" })).toHaveLength(2);
});

test("a list that cannot be read shows the sentence, and Retry reads it again", async () => {
  const desktop = openWindow("#/sources", { list_alert_sources: () => refused("The store is locked.") });
  expect(await screen.findByText("The store is locked.")).toBeInTheDocument();
  desktop.answer("list_alert_sources", () => [source()]);
  await userEvent.click(screen.getByRole("button", { name: "Retry" }));
  expect(await screen.findByRole("link", { name: "Checkout" })).toBeInTheDocument();
});

test("a refused name is explained at its field and stays; an accepted one opens the new source", async () => {
  const desktop = openWindow("#/sources", { ...page(), list_alert_sources: () => [], create_alert_source: () => badInput({ field: "Name", reason: "enter a name" }) });
  await userEvent.click(await screen.findByTestId("create-source"));
  const dialog = within(screen.getByRole("dialog"));
  await userEvent.type(dialog.getByLabelText("Name"), " x ");
  await userEvent.click(dialog.getByRole("button", { name: "Create alert source" }));
  expect(await dialog.findByText("Enter a name")).toBeInTheDocument();
  expect(dialog.getByLabelText("Name")).toHaveValue(" x ");
  desktop.answer("create_alert_source", () => source());
  await userEvent.click(dialog.getByRole("button", { name: "Create alert source" }));
  await waitFor(() => expect(window.location.hash).toBe("#/sources/7"));
});

test("a source with alert actions is not deleted, and the dialog says why", async () => {
  openWindow("#/sources/7", { ...page(), delete_alert_source: () => refused("Checkout has 1 alert action; delete it first.") });
  await userEvent.click(await screen.findByRole("button", { name: "Delete…" }));
  await userEvent.click(within(screen.getByRole("dialog")).getByRole("button", { name: "Delete alert source" }));
  expect(await screen.findByText("Checkout has 1 alert action; delete it first.")).toBeInTheDocument();
});

test("the tab Alert actions adds a new one on this source", async () => {
  openWindow("#/sources/7", { ...page(), list_alert_sources: () => [source()], form_defaults: () => formDefaults() });
  expect(await screen.findByRole("link", { name: "EventBridge operations" })).toBeInTheDocument();
  await userEvent.click(screen.getByTestId("add-action"));
  expect(await screen.findByRole("heading", { name: "Create alert action" })).toBeInTheDocument();
  expect(screen.getByLabelText("Alert source")).toHaveValue("Checkout");
});

test("raising an incident says where it was published, where it was withheld and why, and a click publishes the Manual one", async () => {
  const raised = incident({ id: "3710706", summary: "Cart is down" });
  const report = { incident: raised, event_type: "incident-created", published: [{ action: "operations", action_id: "a1", run_id: "r1" }], withheld: [{ action: "hand-over", action_id: "a2", on_click: true, reason: "its trigger mode is Manual" }] };
  const clicked = { ...report, published: [{ action: "hand-over", action_id: "a2", run_id: "r2" }], withheld: [] };
  const desktop = openWindow("#/sources/7?tab=incidents", {
    alert_source: () => ({ source: source(), actions: [], incidents: [raised, incident()] }),
    raise_incident: () => report,
    publish_incident: () => clicked,
  });
  await userEvent.click(await screen.findByTestId("raise-incident"));
  const dialog = within(screen.getByRole("dialog"));
  await userEvent.type(dialog.getByLabelText("Summary"), "Cart is down");
  await userEvent.click(dialog.getByRole("button", { name: "Raise incident" }));
  expect(await screen.findByTestId("step-report")).toHaveTextContent("Publishedthrough operations");
  expect(screen.getByTestId("step-report")).toHaveTextContent("Withheldat hand-over: its trigger mode is Manual");
  expect(desktop.argsOf("raise_incident")).toEqual([{ sourceId: 7, summary: "Cart is down", details: "" }]);
  await userEvent.click(screen.getByTestId("publish-now"));
  await waitFor(() => expect(desktop.argsOf("publish_incident")).toEqual([{ incidentId: "3710706", actionId: "a2", eventType: "incident-created" }]));
  expect(await screen.findAllByTestId("step-report")).toHaveLength(2);
});

test("a chosen incident offers the steps that are possible, and no others", async () => {
  const desktop = openWindow("#/sources/7?tab=incidents", {
    ...page(),
    step_incident: () => ({ incident: incident({ status: "ACCEPTED" }), event_type: "incident-acknowledged", published: [], withheld: [] }),
  });
  await userEvent.click(await screen.findByText("Checkout is slow"));
  const steps = within(screen.getByRole("group", { name: "Possible steps" })).getAllByRole("button");
  expect(steps.map((button) => button.textContent)).toEqual(["Acknowledge", "Resolve"]);
  await userEvent.click(screen.getByRole("button", { name: "Acknowledge" }));
  expect(desktop.argsOf("step_incident")).toEqual([{ incidentId: "3710705", eventType: "incident-acknowledged" }]);
  expect(await screen.findByText("This alert source has no alert action: nothing was published.")).toBeInTheDocument();
});
