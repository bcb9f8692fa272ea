import { expect, test } from "vitest";
import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import type { MenuCommand } from "../../ipc/bindings/MenuCommand";
import { openWindow } from "../../test/desktop";
import { action, chain, run } from "../../test/fixtures";
import { find, isPressed, type Command } from "./command";

const world = {
  overview: () => [chain()],
  activity: () => ({ calls: [], next: null, operations: [] }),
  deliveries: () => ({ rows: [], next: null }),
  latency: () => ({ summary: { p50: null, p95: null, p99: null, max: null }, points: [], buckets: [] }),
};
const command = (title: string, words = ""): Command => ({ id: title, group: "Do", title, words, run: () => undefined });

test("the palette finds a command by a few letters and does it with Enter", async () => {
  openWindow("#/overview", world);
  await screen.findByTestId("board");
  fireEvent.keyDown(window, { key: "k", ctrlKey: true });
  await userEvent.type(await screen.findByRole("combobox", { name: "Find a command" }), "activ{Enter}");
  await waitFor(() => expect(window.location.hash).toBe("#/activity"));
  expect(screen.queryByRole("combobox", { name: "Find a command" })).not.toBeInTheDocument();
});

test("what is typed right after the keys that open the palette goes into it", async () => {
  openWindow("#/overview", world);
  await screen.findByTestId("board");
  // One key after the other, without a look at the page between them.
  await userEvent.setup({ delay: null }).keyboard("{Control>}k{/Control}activ{Enter}");
  await waitFor(() => expect(window.location.hash).toBe("#/activity"));
});

test("arrows go round the list and a search without a match says so", async () => {
  openWindow("#/overview", world);
  fireEvent.keyDown(window, { key: "k", ctrlKey: true });
  const search = await screen.findByRole("combobox", { name: "Find a command" });
  const chosen = () => within(screen.getByRole("listbox", { name: "Commands" })).getByRole("option", { selected: true }).textContent;
  const first = chosen();
  await userEvent.type(search, "{ArrowUp}");
  expect(chosen()).not.toBe(first);
  await userEvent.type(search, "{ArrowDown}");
  expect(chosen()).toBe(first);
  await userEvent.type(search, "zzzz");
  expect(screen.getByText("No command is called that.")).toBeInTheDocument();
});

test("a question mark shows the keys of every command, but not while somebody types", async () => {
  openWindow("#/overview", world);
  await screen.findByTestId("board");
  fireEvent.keyDown(window, { key: "?", shiftKey: true });
  const sheet = await screen.findByRole("dialog", { name: "Keyboard shortcuts" });
  expect(within(sheet).getByText("Ctrl+1")).toBeInTheDocument();
  expect(within(sheet).getByText("Find a command")).toBeInTheDocument();
  const typing = new KeyboardEvent("keydown", { key: "?", shiftKey: true });
  Object.defineProperty(typing, "target", { value: document.createElement("input") });
  expect(isPressed(typing, "?")).toBe(false);
});

test("zoom, density and theme are changed by command and kept", async () => {
  const desktop = openWindow("#/overview", world);
  await screen.findByTestId("board");
  fireEvent.keyDown(window, { key: "+", ctrlKey: true });
  fireEvent.keyDown(window, { key: "+", ctrlKey: true });
  expect(desktop.argsOf("save_window_settings").at(-1)).toMatchObject({ settings: { zoom: 120, theme: "system" } });
  fireEvent.keyDown(window, { key: "0", ctrlKey: true });
  expect(desktop.argsOf("save_window_settings").at(-1)).toMatchObject({ settings: { zoom: 100 } });
});

test("settings that are not saved go back, and it is said why", async () => {
  openWindow("#/settings", { save_window_settings: () => Promise.reject({ code: "store", message: "The disk is full.", detail: null }) });
  await userEvent.click(await screen.findByRole("radio", { name: "Dark" }));
  expect(await screen.findByText("The settings were not saved")).toBeInTheDocument();
  await waitFor(() => expect(screen.getByRole("radio", { name: "As the system" })).toBeChecked());
});

test("every setting takes effect and is kept", async () => {
  const desktop = openWindow("#/settings", {});
  await userEvent.click(await screen.findByRole("radio", { name: "Dark" }));
  expect(document.body).toHaveClass("awsui-dark-mode");
  await userEvent.click(screen.getByRole("checkbox", { name: /^Reduced motion/ }));
  expect(document.body).toHaveClass("wb-still");
  await userEvent.click(screen.getByRole("button", { name: "Larger" }));
  expect(screen.getByTestId("zoom")).toHaveTextContent("110 %");
  expect(desktop.argsOf("save_window_settings").at(-1)).toEqual({ settings: { theme: "dark", density: "compact", motion: "reduced", zoom: 110, notify: true, menu_bar: true, presenter: false, hidden_columns: [] } });
});

test("the beginning of a word counts more than its middle, and letters in order still find", () => {
  const all = [command("Undo set-up"), command("Set up"), command("Dark theme", "colour"), command("Reset")];
  expect(find(all, "set").map(({ title }) => title)).toEqual(["Set up", "Undo set-up", "Reset"]);
  expect(find(all, "dth")[0]?.title).toBe("Dark theme");
  expect(find(all, "colour")[0]?.title).toBe("Dark theme");
  expect(find(all, "")).toHaveLength(4);
});

test("a command is found by its place in the menu, too", () => {
  const all = [command("Dark theme"), { ...command("Doctor"), group: "Go to" as const }, { ...command("Publish"), group: "Go to" as const }];
  expect(find(all, "go to d").map(({ title }) => title)).toEqual(["Doctor"]);
});

test("the native menu has the commands of the palette, and what is chosen there is done", async () => {
  const desktop = openWindow("#/overview", world);
  await screen.findByTestId("board");
  await waitFor(() => expect(desktop.argsOf("set_menu")).not.toHaveLength(0));
  const { commands, chosen } = desktop.argsOf("set_menu").at(-1) as { commands: MenuCommand[]; chosen: { onmessage: (id: string) => void } };
  expect(commands.find(({ id }) => id === "go-activity")).toEqual({ id: "go-activity", title: "Activity", group: "Go to", keys: "Ctrl+8" });
  expect(new Set(commands.map(({ group }) => group))).toEqual(new Set(["Go to", "View", "Do"]));
  act(() => chosen.onmessage("go-activity"));
  await waitFor(() => expect(window.location.hash).toBe("#/activity"));
});

test("without a menu bar there is none", async () => {
  window.__WAYBILL_SETTINGS__ = { menu_bar: false };
  const desktop = openWindow("#/overview", world);
  await waitFor(() => expect(desktop.argsOf("remove_menu")).toHaveLength(1));
  expect(desktop.argsOf("set_menu")).toEqual([]);
});

test("presenter mode masks account ids and tells the story scene by scene", async () => {
  const desktop = openWindow("#/overview", { ...world, list_alert_actions: () => [action()], prove: () => run({ state: "running" }), list_scenarios: () => [{ name: "Escalation", steps: [] }], start_run: () => run() });
  expect(await screen.findByText("123456789012")).toBeInTheDocument();
  fireEvent.keyDown(window, { key: "k", ctrlKey: true });
  await userEvent.type(await screen.findByRole("combobox", { name: "Find a command" }), "presenter{Enter}");
  const story = within(await screen.findByRole("region", { name: "Story" }));
  await waitFor(() => expect(screen.queryByText(/123456789012/)).not.toBeInTheDocument());
  await userEvent.click(story.getByTestId("story-next"));
  await userEvent.click(story.getByTestId("story-next"));
  await waitFor(() => expect(desktop.argsOf("prove")).toEqual([{ actionId: "a1" }]));
  await userEvent.click(story.getByTestId("story-next"));
  await waitFor(() => expect(window.location.hash).toBe("#/deliveries"));
  await userEvent.click(story.getByTestId("story-next"));
  await waitFor(() => expect(desktop.argsOf("start_run")).toMatchObject([{ start: { action_id: "a1", scenario: "Escalation" } }]));
  await userEvent.click(story.getByRole("button", { name: "End presenter mode" }));
  expect(screen.queryByRole("region", { name: "Story" })).not.toBeInTheDocument();
});
