import { expect, test } from "vitest";
import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { openWindow } from "../../test/desktop";
import { action, environment } from "../../test/fixtures";
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

test("the IAM policy of each task is shown and says what can be done with it", async () => {
  const permissions = ({ task }: Record<string, unknown>) => ({ task, sentence: `For ${task as string}.`, actions: [], document: `{ "Sid": "${task as string}" }` });
  const desktop = openWindow("#/actions/a1", { ...known, permissions });
  await userEvent.click(await screen.findByRole("button", { name: "Permissions…" }));
  expect(await screen.findByText("For observe.", { exact: false })).toBeInTheDocument();
  await userEvent.click(screen.getByRole("button", { name: "Repair" }));
  expect(await screen.findByLabelText("IAM policy")).toHaveTextContent('"Sid": "repair"');
  expect(desktop.argsOf("permissions")).toEqual([{ actionId: "a1", task: "observe" }, { actionId: "a1", task: "repair" }]);
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
  await userEvent.click(await screen.findByRole("checkbox", { name: "EventBridge operations" }));
  await userEvent.click(screen.getByRole("button", { name: "Delete…" }));
  const dialog = within(screen.getByRole("dialog"));
  expect(await dialog.findByText("The partner event source.")).toBeInTheDocument();
  expect(within(dialog.getByRole("region", { name: "What stays" })).getByText("The queue incidents stays.")).toBeInTheDocument();
  expect(desktop.argsOf("delete_alert_action")).toEqual([]);
  await userEvent.click(dialog.getByTestId("submit"));
  expect(await screen.findByText("Alert action EventBridge operations was deleted")).toBeInTheDocument();
});

const two = [action(), action({ id: "a2", name: "Search", alert_source: "Platform", chain: "partial" })];
const openMore = async (item: string) => {
  await userEvent.click(await screen.findByRole("button", { name: "More" }));
  await userEvent.click(await screen.findByRole("menuitem", { name: item }));
};

test("on AWS the name is typed before an alert action goes", async () => {
  const delete_preview = () => ({ name: "EventBridge operations", removed: ["goes"], kept: [] });
  openWindow("#/actions", { ...known, environment: () => environment({ kind: "aws", badge: "PROD" }), delete_preview });
  await userEvent.click(await screen.findByRole("checkbox", { name: "Choose all" }));
  await userEvent.click(screen.getByRole("button", { name: "Delete…" }));
  const dialog = within(screen.getByRole("dialog"));
  expect(await dialog.findByText("goes")).toBeInTheDocument();
  expect(dialog.getByTestId("submit")).toBeDisabled();
  await userEvent.type(dialog.getByRole("textbox", { name: "To confirm, type EventBridge operations" }), "EventBridge operations");
  expect(dialog.getByTestId("submit")).toBeEnabled();
});

test("several are deleted after a preview of each, and the first that is refused ends it", async () => {
  const delete_preview = ({ id }: Record<string, unknown>) => ({ name: String(id), removed: [`goes with ${id}`], kept: [`stays of ${id}`] });
  const delete_alert_action = ({ id }: Record<string, unknown>) => (id === "a1" ? delete_preview({ id }) : Promise.reject({ code: "aws", message: "The source could not be removed.", detail: null }));
  const desktop = openWindow("#/actions", { ...known, list_alert_actions: () => two, delete_preview, delete_alert_action });
  await userEvent.click(await screen.findByRole("checkbox", { name: "Choose all" }));
  await userEvent.click(screen.getByRole("button", { name: "Delete…" }));
  const dialog = within(screen.getByRole("dialog"));
  for (const sentence of ["goes with a1", "stays of a1", "goes with a2", "stays of a2"]) expect(await dialog.findByText(sentence)).toBeInTheDocument();
  expect(desktop.argsOf("delete_alert_action"), "nothing before the answer").toEqual([]);
  await userEvent.click(dialog.getByTestId("submit"));
  expect(await dialog.findByText("Search was not deleted")).toBeInTheDocument();
  expect(dialog.getByText("Already deleted: EventBridge operations")).toBeInTheDocument();
});

test("the list is narrowed by a property, and a filter without a match can be cleared", async () => {
  openWindow("#/actions", { ...known, list_alert_actions: () => two });
  await screen.findByRole("link", { name: "Search" });
  await userEvent.type(screen.getByRole("combobox", { name: "Find an alert action" }), "Platform");
  await userEvent.click(await screen.findByText("Find “Platform”"));
  await waitFor(() => expect(screen.queryByRole("link", { name: "EventBridge operations" })).not.toBeInTheDocument());
  expect(screen.getByRole("link", { name: "Search" })).toBeInTheDocument();
});

test("an import shows what it would change before it may be done", async () => {
  const import_plan = () => ({ lines: [{ name: "Checkout", alert_source: "Platform", kind: "change", fields: [{ field: "AWS region", before: "eu-central-1", after: "eu-west-1" }], warning: "The old source goes." }] });
  const desktop = openWindow("#/actions", { ...known, import_plan, import_alert_actions: import_plan });
  await openMore("Import…");
  const dialog = within(await screen.findByRole("dialog"));
  const editor = await dialog.findByRole("textbox", { name: "Document to import" });
  await userEvent.click(editor);
  await userEvent.paste('{"schema":"waybill.actions/1"}');
  expect(await dialog.findByText("Is changed")).toBeInTheDocument();
  expect(dialog.getByText("The old source goes.")).toBeInTheDocument();
  expect(desktop.argsOf("import_alert_actions"), "nothing is written before").toEqual([]);
  await userEvent.click(dialog.getByTestId("submit"));
  expect(await screen.findByText("The alert actions were imported: 0 made, 1 changed")).toBeInTheDocument();
});

test("a refused document names the fields and cannot be imported", async () => {
  openWindow("#/actions", { ...known, import_plan: () => badInput({ field: "AWS account ID", reason: "alert action 2, `Bad`: `12` has two digits" }) });
  await openMore("Import…");
  const dialog = within(await screen.findByRole("dialog"));
  await userEvent.click(await dialog.findByRole("textbox", { name: "Document to import" }));
  await userEvent.paste("{}");
  expect(await dialog.findByText(/alert action 2, `Bad`: `12` has two digits/i)).toBeInTheDocument();
  expect(dialog.getByTestId("submit")).toBeDisabled();
});

test("a column that is hidden stays hidden", async () => {
  const desktop = openWindow("#/actions", { ...known, list_alert_actions: () => two });
  await screen.findByRole("link", { name: "Search" });
  expect(screen.getByRole("columnheader", { name: "Type" })).toBeInTheDocument();
  await userEvent.click(screen.getByRole("button", { name: "Columns" }));
  await userEvent.click(await screen.findByRole("checkbox", { name: "Type" }));
  await userEvent.click(screen.getByRole("button", { name: "Apply" }));
  await waitFor(() => expect(screen.queryByRole("columnheader", { name: "Type" })).not.toBeInTheDocument());
  expect(desktop.argsOf("save_window_settings").at(-1)).toMatchObject({ settings: { hidden_columns: ["actions.type"] } });
});

test("the exact envelope of each event type is shown before anything is published, and what is withheld says so", async () => {
  const view = (event_type: string, emitted: boolean) => ({ event_type, emitted, envelope: `{\n  "detail-type": "${event_type}"\n}`, bytes: 612, limit: 1_048_576 });
  openWindow("#/actions/a1", { ...known, envelopes: () => [view("incident-created", true), view("incident-raised", false)] });
  await userEvent.click(await screen.findByRole("button", { name: /^Events that it publishes/ }));
  expect(await screen.findByLabelText("Envelope of incident-created")).toHaveTextContent('"detail-type": "incident-created"');
  expect(screen.getByText("612 B of 1 MB")).toBeInTheDocument();
  await userEvent.click(screen.getByRole("button", { name: /^Event type of the envelope/ }));
  await userEvent.click(await screen.findByRole("option", { name: /incident-raised/ }));
  expect(await screen.findByText("Withheld: not chosen for this alert action")).toBeInTheDocument();
});
