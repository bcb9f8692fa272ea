import { expect, test } from "vitest";
import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import type { CallView } from "../../ipc/bindings/CallView";
import { openWindow } from "../../test/desktop";
import { fromQuery, NO_CALL_FILTER, toQuery } from "./model/callFilter";

const made = (changes: Partial<CallView> = {}): CallView => ({
  id: 2, at: "2026-11-01T10:00:00.000Z", connection: "sandbox", who: "the sandbox's keys", region: "eu-central-1", service: "events", operation: "PutRule",
  resource: "all-incidents", input: '{\n  "Name": "all-incidents"\n}', request_id: "request-2", error: null, ...changes,
});
const page = (...calls: CallView[]) => ({ calls, next: null, operations: ["PutRule", "PutTargets"] });

test("every call says what it did, to what, who did it and how it ended", async () => {
  openWindow("#/activity", { activity: () => page(made(), made({ id: 1, operation: "PutTargets", error: "AccessDenied: no" })) });
  const row = (await screen.findByText("PutRule")).closest<HTMLElement>('tr, [role="row"]')!;
  for (const word of ["PutRule", "all-incidents", "Done", "the sandbox's keys", "eu-central-1", "request-2"]) expect(within(row).getByText(word)).toBeInTheDocument();
  expect(screen.getByText("Failed")).toBeInTheDocument();
  await userEvent.click(screen.getByText("PutTargets"));
  expect(await screen.findByText("AccessDenied: no")).toBeInTheDocument();
});

test("what the filter lets through is exported, and the file's place is said", async () => {
  const desktop = openWindow("#/activity", { activity: () => page(made()), export_activity: () => ({ path: "/data/exports/activity-1.csv", rows: 1 }) });
  await screen.findByText("PutRule");
  await userEvent.click(screen.getByRole("button", { name: "Export" }));
  await userEvent.click(await screen.findByText("As CSV"));
  expect(await screen.findByText("1 call was exported")).toBeInTheDocument();
  expect(screen.getByText("/data/exports/activity-1.csv")).toBeInTheDocument();
  expect(desktop.argsOf("export_activity")).toEqual([{ filter: NO_CALL_FILTER, format: "csv" }]);
});

test("before anything is written the view says so and leads to the set-up", async () => {
  openWindow("#/activity", { activity: () => page() });
  expect(await screen.findByText("No calls yet")).toBeInTheDocument();
  expect(screen.getByRole("button", { name: "Export" })).toBeDisabled();
});

test("calls that cannot be read say why", async () => {
  openWindow("#/activity", { activity: () => Promise.reject({ code: "store", message: "The store is locked.", detail: null }) });
  expect(await screen.findByText("The store is locked.")).toBeInTheDocument();
});

test("new calls are read as they are made", async () => {
  const desktop = openWindow("#/activity", { activity: () => page(made()) });
  await screen.findByText("PutRule");
  desktop.answer("activity", () => page(made({ id: 3, operation: "CreateQueue" }), made()));
  await desktop.live({ kind: "changed", topic: "activity" });
  expect(await screen.findByText("CreateQueue")).toBeInTheDocument();
});

test("a filter stands as tokens in its field and reads back as it was", () => {
  const filter = { ...NO_CALL_FILTER, operation: "PutRule", failed: true, connection: "prod", text: "abc" };
  expect(fromQuery(toQuery(filter))).toEqual(filter);
});
