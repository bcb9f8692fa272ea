import { expect, test } from "vitest";
import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { openWindow } from "../test/desktop";
import { chain, environment, poller } from "../test/fixtures";
import { newBeats } from "./frame/strip/useBeats";

const overview = () => [chain()];

test("the strip says which AWS it is, whether it may be written to, and that the poller is alive", async () => {
  const desktop = openWindow("#/overview", { overview, environment: () => environment({ mode: "read_only", badge: "PROD", kind: "aws" }) });
  const strip = screen.getByRole("banner");
  expect(await within(strip).findByText("PROD")).toBeInTheDocument();
  expect(within(strip).getByText("123456789012")).toBeInTheDocument();
  expect(within(strip).getByText("Read only")).toBeInTheDocument();
  expect(within(strip).getByText("Poller ready")).toBeInTheDocument();
  await desktop.live({ kind: "poller", poller: poller({ polling: true, receives: 1, last_receive_at: new Date().toISOString() }) });
  expect(await within(strip).findByText("Polling")).toBeInTheDocument();
});

test("a poller in trouble says why", async () => {
  openWindow("#/overview", { overview, poller: () => poller({ trouble: "the queue is gone" }) });
  expect(await screen.findByText("Poller in trouble")).toBeInTheDocument();
  expect(screen.getByText("· the queue is gone")).toBeInTheDocument();
});

test("the chosen theme is put on the page and kept", async () => {
  const desktop = openWindow("#/overview", { overview });
  await userEvent.click(screen.getByRole("button", { name: "Theme: As the system" }));
  await userEvent.click(await screen.findByText("Dark"));
  expect(document.body).toHaveClass("awsui-dark-mode");
  expect(desktop.argsOf("save_window_settings")).toMatchObject([{ settings: { theme: "dark" } }]);
});

test("an unknown address offers the way back", async () => {
  openWindow("#/nowhere", { overview });
  expect(await screen.findByText("There is no such view")).toBeInTheDocument();
});

test("something that changed elsewhere is read again", async () => {
  const desktop = openWindow("#/overview", { overview });
  await screen.findByTestId("board");
  await desktop.live({ kind: "changed", topic: "chains" });
  await waitFor(() => expect(desktop.argsOf("overview")).toHaveLength(2));
});

test("the navigation has exactly the views that exist, the shown one marked", async () => {
  openWindow("#/overview", { overview });
  const links = within(screen.getByTestId("navigation")).getAllByRole("link");
  expect(links.map((link) => link.textContent)).toEqual([
    "Overview", "Alert sources", "Alert actions", "Set up", "Publish", "Deliveries", "Doctor", "Activity", "Connections & sandbox", "Settings",
  ]);
  expect(links[0]).toHaveAttribute("aria-current", "page");
});

test("live updates that cannot be had are said once, above the page", async () => {
  openWindow("#/overview", { overview, subscribe: () => Promise.reject({ code: "broken", message: "The channel could not be opened.", detail: null }) });
  expect(await screen.findByText("Live updates are not available")).toBeInTheDocument();
});

test("a beat is a receive or a gap, and a new run starts its counts anew", () => {
  expect(newBeats(poller({ receives: 2, gaps: 0 }), poller({ receives: 3, gaps: 1 }))).toEqual(["gap", "receive"]);
  expect(newBeats(poller({ receives: 9 }), poller({ receives: 1 }))).toEqual(["receive"]);
});
