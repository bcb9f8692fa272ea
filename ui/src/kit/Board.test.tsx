import { expect, test } from "vitest";
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import type { BoardCell } from "../ipc/bindings/BoardCell";
import { Board } from "./Board";
import { EVENT_TYPES } from "./eventTypes";
import { Legend } from "./Legend";
import { Verdict } from "./Verdict";
import { VERDICT_ORDER, VERDICTS } from "./verdicts";

const cells = (changes: Partial<BoardCell> = {}): BoardCell[] =>
  EVENT_TYPES.map((event_type) => ({ event_type, chosen: true, verdict: null, latency_ms: null, ...changes }));

test.each(VERDICT_ORDER)("a cell says the word of %s, not only its colour", (verdict) => {
  render(<Board cells={cells({ verdict })} label="Proof" />);
  expect(screen.getByTestId("board-cell-incident-raised")).toHaveAccessibleName(`incident-raised: ${VERDICTS[verdict].word}`);
});

test.each(VERDICT_ORDER)("the verdict %s is drawn with its word", (verdict) => {
  render(<Verdict verdict={verdict} />);
  expect(screen.getByText(VERDICTS[verdict].word)).toBeInTheDocument();
});

test("all eleven verdicts are in the legend and in their own glyph", () => {
  const { container } = render(<Legend />);
  expect(screen.getAllByRole("listitem")).toHaveLength(11);
  const glyphs = [...container.querySelectorAll("svg")].map((svg) => svg.innerHTML);
  expect(new Set(glyphs).size, "hue is never the only sign").toBe(11);
});

test("held back is a quiet outline, told apart from delivered", () => {
  expect(VERDICTS.held_back.tone).not.toBe(VERDICTS.delivered.tone);
});

test("a type that was not chosen is not expected, which is not the same as not sent", () => {
  render(<Board cells={cells({ chosen: false })} label="Proof" />);
  const cell = screen.getByTestId("board-cell-incident-created");
  expect(cell).toHaveAccessibleName(/Not expected/);
  expect(cell).toHaveClass("cell-none");
});

test("the board is one tab stop and arrows move over it", async () => {
  render(<Board cells={cells()} label="Proof" />);
  await userEvent.tab();
  expect(screen.getByTestId("board-cell-incident-created")).toHaveFocus();
  await userEvent.keyboard("{ArrowRight}{ArrowDown}");
  expect(screen.getByTestId("board-cell-incident-auto-escalated")).toHaveFocus();
  await userEvent.tab();
  expect(document.body).toHaveFocus();
});

test("cells stand in the order of the iLert page", () => {
  render(<Board cells={cells()} label="Proof" named />);
  const names = screen.getAllByRole("gridcell").map((cell) => cell.getAttribute("data-testid"));
  expect(names).toEqual(EVENT_TYPES.map((type) => `board-cell-${type}`));
});
