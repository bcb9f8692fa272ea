import { expect, test } from "vitest";
import { detail, row, run } from "../../../test/fixtures";
import { countsOf, total } from "./counts";
import { NO_FILTER } from "./filter";
import { layHops } from "./hops";
import { MOST_ROWS, rowsOf, withRows, type Pages } from "./pages";
import { series } from "./series";

const pages = (ids: number[], next: number | null = null): Pages => ({
  pages: [{ rows: ids.map((id) => row(id)), next, counts: run(), total: ids.length }],
  pageParams: [null],
});
const ids = (result: Pages) => rowsOf(result).map((item) => item.id);

test("new rows go in front, renewed rows stay where they are", () => {
  const after = withRows(pages([2, 1]), [row(3), row(1, { verdict: "late" })], NO_FILTER);
  expect(ids(after)).toEqual([3, 2, 1]);
  expect(rowsOf(after)[2]?.verdict).toBe("late");
});

test("a row that no longer passes the filter leaves, one that does now takes its place by age", () => {
  const filter = { ...NO_FILTER, verdicts: ["waiting" as const] };
  const waiting: Pages = { ...pages([]), pages: [{ ...pages([]).pages[0]!, rows: [row(5, { verdict: "waiting" }), row(2, { verdict: "waiting" })] }] };
  expect(ids(withRows(waiting, [row(5), row(3, { verdict: "waiting" })], filter))).toEqual([3, 2]);
});

test("rows of pages that are not loaded yet are left to them", () => {
  expect(ids(withRows(pages([9, 8], 8), [row(4)], NO_FILTER))).toEqual([9, 8]);
});

test("a long stream keeps its newest rows and reads the rest again when asked", () => {
  const many = Array.from({ length: MOST_ROWS + 10 }, (_, index) => row(index + 1));
  const after = withRows(pages([]), many, NO_FILTER);
  expect(rowsOf(after)).toHaveLength(MOST_ROWS);
  expect(after.pages.at(-1)?.next, "the id below which the next page begins").toBe(11);
});

test("a duplicate is counted once in the rows, although a run counts it as delivered too", () => {
  const counts = countsOf([run({ delivered: 9, duplicate: 2 })], null);
  expect(counts).toMatchObject({ delivered: 7, duplicate: 2 });
  expect(total(counts, NO_FILTER)).toBe(9);
  expect(total(counts, { ...NO_FILTER, verdicts: ["duplicate"] })).toBe(2);
});

test("the bars of the hops stand one after the other and fill the whole way", () => {
  const { bars, totalMs } = layHops(detail().hops);
  expect(totalMs).toBe(14);
  const last = bars.at(-1);
  expect((last?.left ?? 0) + (last?.width ?? 0)).toBeCloseTo(100);
});

test("a way that did not end has no total", () => {
  const hops = detail().hops.map((hop) => (hop.name === "Read" ? { ...hop, at: null, took_ms: null } : hop));
  expect(layHops(hops).totalMs).toBeNull();
});

test("lines break where nothing arrived for a while", () => {
  const at = (second: number) => ({ at: `2026-11-01T10:00:0${second}.000Z`, count: 1, p50: 1, p95: 2, p99: 3 });
  const [times, p50] = series([at(0), at(1), at(2), at(6)]);
  expect(times).toHaveLength(5);
  expect(p50).toEqual([1, 1, 1, null, 1]);
});
