import { expect, test } from "vitest";
import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import type { ConnectionForm } from "../../ipc/bindings/ConnectionForm";
import type { ConnectionView } from "../../ipc/bindings/ConnectionView";
import type { SandboxStatus } from "../../ipc/bindings/SandboxStatus";
import { openWindow } from "../../test/desktop";
import { fault } from "../../test/doctor";
import { action, environment } from "../../test/fixtures";
import { badInput, refused } from "../../test/forms";

const sandbox = (changes: Partial<SandboxStatus> = {}): SandboxStatus => ({
  endpoint: "http://127.0.0.1:4000",
  pid: 4711,
  account: "123456789012",
  partner_account: "210987654321",
  region: "eu-central-1",
  organization_id: "o-a1b2c3d4e5",
  partner_bus_permissions: "today",
  file: "/data/sandbox.db",
  alive: true,
  ...changes,
});

const connection = (changes: Partial<ConnectionView>): ConnectionView => ({
  name: "prod",
  kind: "aws",
  region: "eu-central-1",
  profile: null,
  role_arn: null,
  endpoint: null,
  mode: "free",
  current: false,
  removable: true,
  ...changes,
});

const world = {
  sandbox_status: () => sandbox(),
  list_connections: () => [
    connection({ name: "sandbox", kind: "sandbox", endpoint: "http://127.0.0.1:4000", current: true, removable: false }),
    connection({ name: "prod", profile: "ops", mode: "read_only" }),
  ],
};

test("the sandbox says who it plays, where it listens and what it does with permissions", async () => {
  openWindow("#/connections", world);
  const panel = within(await screen.findByTestId("sandbox"));
  for (const text of ["Answers", "http://127.0.0.1:4000", "4711", "123456789012", "210987654321", "o-a1b2c3d4e5", "Refused, as AWS does today", "/data/sandbox.db"]) {
    expect(await panel.findByText(text)).toBeInTheDocument();
  }
  expect(screen.getByText("Waybill 0.1.0")).toBeInTheDocument();
});

test("the way in for the AWS CLI names the file with the keys and shows none", async () => {
  openWindow("#/connections", world);
  await userEvent.click(await screen.findByRole("button", { name: /Use it with the AWS CLI/ }));
  const commands = screen.getByLabelText("Commands for the AWS CLI");
  expect(commands).toHaveTextContent("AWS_ENDPOINT_URL=http://127.0.0.1:4000");
  expect(commands).toHaveTextContent("/data/sandbox-keys.json");
  expect(commands).not.toHaveTextContent("AKIA");
});

test("a sandbox that does not answer is said to be so, and one that cannot be asked offers Retry", async () => {
  const desktop = openWindow("#/connections", { ...world, sandbox_status: () => refused("The data folder is locked.") });
  expect(await screen.findByText("The data folder is locked.")).toBeInTheDocument();
  desktop.answer("sandbox_status", () => sandbox({ alive: false, file: null }));
  await userEvent.click(screen.getByRole("button", { name: "Retry" }));
  expect(await screen.findByText("Does not answer")).toBeInTheDocument();
  expect(screen.getByText("Nowhere: it forgets everything when it ends")).toBeInTheDocument();
});

const lab = {
  ...world,
  list_alert_actions: () => [action()],
  list_faults: () => [fault("source-pending"), fault("queue-policy"), fault("late", { check: null, needs_proof: true })],
};

test("the fault lab breaks a chain by a switch, says which check should find it, and puts everything back", async () => {
  const desktop = openWindow("#/connections", { ...lab, inject_fault: () => [], reset_every_fault: () => [] });
  const row = within(await screen.findByTestId("fault-queue-policy"));
  expect(row.getByText("Should be found by queue-policy.")).toBeInTheDocument();
  expect(screen.getByTestId("reset-all")).toBeDisabled();
  await userEvent.click(row.getByRole("checkbox"));
  expect(desktop.argsOf("inject_fault")).toEqual([{ actionId: "a1", fault: "queue-policy" }]);
  desktop.answer("active_faults", () => [{ action_id: "a1", action: "EventBridge operations", id: "queue-policy", sentence: "" }]);
  await desktop.live({ kind: "changed", topic: "chains" });
  await userEvent.click(await screen.findByRole("button", { name: "Reset all (1)" }));
  expect(desktop.argsOf("reset_every_fault")).toHaveLength(1);
});

test("an active fault is taken back by the same switch", async () => {
  const desktop = openWindow("#/connections", { ...lab, list_faults: () => [fault("queue-policy", { active: true })], retract_fault: () => [] });
  await userEvent.click(within(await screen.findByTestId("fault-queue-policy")).getByRole("checkbox"));
  expect(desktop.argsOf("retract_fault")).toEqual([{ actionId: "a1", fault: "queue-policy" }]);
});

test("there is no fault lab on any other connection", async () => {
  const desktop = openWindow("#/connections", { ...lab, environment: () => environment({ kind: "aws", badge: "AWS" }) });
  await screen.findByText("Waybill 0.1.0");
  expect(screen.queryByTestId("fault-lab")).not.toBeInTheDocument();
  expect(desktop.argsOf("list_faults"), "nobody asks for faults there").toHaveLength(0);
});

const form: ConnectionForm = { name: "", kind: "aws", region: "eu-central-1", profile: "", role_arn: "", endpoint_url: "", eventbridge_url: "", sqs_url: "", sts_url: "", organizations_url: "", mode: "", settle: "" };

test("a connection that is refused keeps what was typed, and one that is added goes to the desktop", async () => {
  const desktop = openWindow("#/connections", { ...world, connection_defaults: () => ({ form, regions: ["eu-central-1"], profiles: ["ops"], trouble: null }) });
  await userEvent.click(await screen.findByRole("button", { name: "Add connection" }));
  const dialog = within(await screen.findByRole("dialog"));
  await userEvent.type(await dialog.findByLabelText("Name"), "a b");
  desktop.answer("add_connection", () => badInput({ field: "Name", reason: "`a b` is not a name for a connection" }));
  await userEvent.click(dialog.getByTestId("submit"));
  expect(await dialog.findByText(/is not a name for a connection/)).toBeInTheDocument();
  desktop.answer("add_connection", () => connection({ name: "a" }));
  await userEvent.click(dialog.getByTestId("submit"));
  expect(desktop.argsOf("add_connection").at(-1)).toEqual({ form: { ...form, name: "a b" } });
});

test("a test of a connection shows who the caller is and what redirects requests", async () => {
  openWindow("#/connections", {
    ...world,
    try_connection: () => ({
      ...connection({}), account: "123456789012", arn: "arn:aws:iam::123456789012:user/ops", credentials_until: null, plays_partner: false, trouble: null, trouble_code: null,
      endpoints: [{ service: "SQS", url: "http://127.0.0.1:9", warning: "redirected by the environment variable AWS_ENDPOINT_URL_SQS" }],
    }),
  });
  await userEvent.click(await screen.findByRole("radio", { name: "Select prod" }));
  await userEvent.click(screen.getByRole("button", { name: "Test" }));
  const report = within(await screen.findByTestId("connection-report"));
  for (const text of ["123456789012", "arn:aws:iam::123456789012:user/ops", "http://127.0.0.1:9", /AWS_ENDPOINT_URL_SQS/]) expect(report.getByText(text)).toBeInTheDocument();
});

test("what a connection asks about is shown with its input, and closing the question says no", async () => {
  const desktop = openWindow("#/connections", { ...world, questions: () => [{ id: 7, connection: "prod", calls: ["events:PutRule"], input: '{ "Name": "all" }' }], answer_question: () => null });
  const dialog = within(await screen.findByRole("dialog"));
  expect(dialog.getByText("events:PutRule")).toBeInTheDocument();
  expect(dialog.getByLabelText("What is sent")).toHaveTextContent('"Name": "all"');
  desktop.answer("questions", () => []);
  await userEvent.click(dialog.getByText("Do not send"));
  expect(desktop.argsOf("answer_question")).toEqual([{ id: 7, yes: false }]);
});
