import { expect, test } from "vitest";
import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { openWindow } from "../../test/desktop";
import { action } from "../../test/fixtures";
import { actionForm, badInput, formDefaults } from "../../test/forms";

const known = { form_defaults: () => formDefaults(), alert_action: () => action(), list_alert_actions: () => [action()] };

test("the table says of each action its source, mode, types, account, region and chain", async () => {
  openWindow("#/actions", { list_alert_actions: () => [action({ chain: "partial", trigger_mode: "manual", event_types: ["incident-created"] })] });
  const row = (await screen.findByRole("link", { name: "EventBridge operations" })).closest("tr");
  for (const text of ["Checkout", "Amazon EventBridge", "Manual", "1 of 9", "123456789012", "eu-central-1", "Partly set up"]) {
    expect(row).toHaveTextContent(text);
  }
});

test("refused fields are explained where they are, and everything typed stays", async () => {
  const desktop = openWindow("#/actions/new", {
    ...known,
    create_alert_action: () => badInput({ field: "AWS account ID", reason: "`12` is not an AWS account id; it has twelve digits" }, { field: "Event types", reason: "choose at least one event type" }),
  });
  const account = await screen.findByLabelText("AWS account ID");
  await userEvent.type(screen.getByLabelText("Name"), "Pager");
  await userEvent.clear(account);
  await userEvent.type(account, "12");
  await userEvent.click(screen.getByRole("button", { name: "Choose none" }));
  await userEvent.click(screen.getByTestId("submit"));
  expect(await screen.findByText("`12` is not an AWS account id; it has twelve digits")).toBeInTheDocument();
  expect(screen.getByText("Choose at least one event type")).toBeInTheDocument();
  expect(screen.getByLabelText("Name")).toHaveValue("Pager");
  expect(account).toHaveFocus();
  expect(desktop.argsOf("create_alert_action")).toEqual([{ form: actionForm({ name: "Pager", alert_source: "", account: "12", event_types: [] }) }]);
});

test("a created action opens, and its pending source leads to the set-up", async () => {
  openWindow("#/actions/new", { ...known, create_alert_action: () => action({ chain: "none" }) });
  await userEvent.type(await screen.findByLabelText("Name"), "EventBridge operations");
  await userEvent.click(screen.getByTestId("submit"));
  await waitFor(() => expect(window.location.hash).toBe("#/actions/a1"));
  expect(await screen.findByText(/is pending until it is associated with an event bus/)).toBeInTheDocument();
  await userEvent.click(screen.getByRole("button", { name: "Set up the chain" }));
  expect(window.location.hash).toBe("#/setup/a1");
});

test("another account warns, before saving, that the partner event source is replaced", async () => {
  openWindow("#/actions/a1", { ...known, update_warning: () => "The partner event source is deleted and a new one is made." });
  const account = await screen.findByLabelText("AWS account ID");
  await userEvent.clear(account);
  await userEvent.type(account, "210987654321");
  expect(await screen.findByText("The partner event source is deleted and a new one is made.")).toBeInTheDocument();
});

test("saving an edited action keeps the page and leaves nothing unsaved", async () => {
  const desktop = openWindow("#/actions/a1", { ...known, update_alert_action: () => action({ name: "Pager" }) });
  const name = await screen.findByLabelText("Name");
  await userEvent.clear(name);
  await userEvent.type(name, "Pager ");
  await userEvent.click(screen.getByTestId("submit"));
  expect(await screen.findByText("Alert action Pager was saved")).toBeInTheDocument();
  expect(desktop.argsOf("update_alert_action")[0]).toMatchObject({ id: "a1", form: { name: "Pager " } });
  await userEvent.click(screen.getByRole("button", { name: "Cancel" }));
  expect(window.location.hash).toBe("#/actions");
});

test("unsaved input is not left behind without a question", async () => {
  openWindow("#/actions/a1", known);
  await userEvent.type(await screen.findByLabelText("Name"), "!");
  await userEvent.click(within(screen.getByTestId("navigation")).getByRole("link", { name: "Alert sources" }));
  const dialog = within(await screen.findByRole("dialog"));
  await userEvent.click(dialog.getByRole("button", { name: "Stay" }));
  expect(window.location.hash).toBe("#/actions/a1");
  expect(screen.getByLabelText("Name")).toHaveValue("EventBridge operations!");
  await userEvent.click(screen.getByRole("button", { name: "Cancel" }));
  await userEvent.click(await screen.findByRole("button", { name: "Leave without saving" }));
  await waitFor(() => expect(window.location.hash).toBe("#/actions"));
});

test("a duplicate starts with the copied fields and saves nothing by itself", async () => {
  const desktop = openWindow("#/actions/new?copy=a1", { ...known, duplicate_alert_action: () => actionForm({ name: "EventBridge operations copy" }) });
  expect(await screen.findByLabelText("Name")).toHaveValue("EventBridge operations copy");
  expect(desktop.argsOf("create_alert_action")).toEqual([]);
});

test("before deleting it says what goes and what stays", async () => {
  const report = { name: "EventBridge operations", removed: ["The partner event source."], kept: ["The queue incidents stays."] };
  const desktop = openWindow("#/actions", { ...known, delete_preview: () => report, delete_alert_action: () => report });
  await userEvent.click(await screen.findByRole("radio", { name: "EventBridge operations" }));
  await userEvent.click(screen.getByRole("button", { name: "Delete…" }));
  const dialog = within(screen.getByRole("dialog"));
  expect(await dialog.findByText("The partner event source.")).toBeInTheDocument();
  expect(within(dialog.getByRole("region", { name: "What stays" })).getByText("The queue incidents stays.")).toBeInTheDocument();
  expect(desktop.argsOf("delete_alert_action")).toEqual([]);
  await userEvent.click(dialog.getByTestId("submit"));
  expect(await screen.findByText("Alert action EventBridge operations was deleted")).toBeInTheDocument();
});
