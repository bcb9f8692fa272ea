import { expect, test } from "vitest";
import type { DeliveryRow } from "../../../ipc/bindings/DeliveryRow";
import { detail, environment, row, run } from "../../../test/fixtures";
import { awsCommand, rawDetail } from "./awsCommand";
import { countOf, firstSheet, indexOf, lightened, MOST_SHEETS, newestOf, nextOf, placeAt, refilled, rowsOf, SHEET_ROWS, withPage, withRows, type Book } from "./book";
import { countsOf, total } from "./counts";
import { NO_FILTER } from "./filter";
import { layHops } from "./hops";
import { doublings, LiveLatency } from "./liveLatency";
import { readMoment } from "./moment";
import { series } from "./series";
import { fromQuery, toQuery } from "./tokens";

const list = (ids: number[], next: number | null = null): Book => firstSheet({ rows: ids.map((id) => row(id)), next });
const ids = (book: Book) => rowsOf(book).map((item) => item.id);
const down = (from: number, count: number) => Array.from({ length: count }, (_, at) => from - at);

test("new rows go in front, renewed rows stay where they are", () => {
  const after = withRows(list([2, 1]), [row(3), row(1, { verdict: "late" })], NO_FILTER);
  expect(ids(after)).toEqual([3, 2, 1]);
  expect(rowsOf(after)[2]?.verdict).toBe("late");
});

test("a row that no longer passes the filter leaves, one that does now takes its place by age", () => {
  const filter = { ...NO_FILTER, verdicts: ["waiting" as const] };
  const waiting: Book = firstSheet({ rows: [row(5, { verdict: "waiting" }), row(2, { verdict: "waiting" })], next: null });
  expect(ids(withRows(waiting, [row(5), row(3, { verdict: "waiting" })], filter))).toEqual([3, 2]);
});

test("rows of sheets that are not read yet are left to them", () => {
  expect(ids(withRows(list([9, 8], 8), [row(4)], NO_FILTER))).toEqual([9, 8]);
});

test("a stream of many rows is cut into sheets that can be read again one by one, and none is lost", () => {
  let book = list([]);
  for (let from = 1; from <= 12_000; from += 500) book = withRows(book, down(from + 499, 500).map((id) => row(id)), NO_FILTER);
  expect(countOf(book)).toBe(12_000);
  expect(ids(book)).toEqual(down(12_000, 12_000));
  for (const [at, sheet] of book.entries()) expect(sheet.before, "each begins where the one above ends").toBe(at === 0 ? null : book[at - 1]?.next);
  const newest = newestOf(book);
  expect(newest).toHaveLength(MOST_SHEETS);
  expect(nextOf(newest), "the list goes on below its last row").toBe(rowsOf(newest).at(-1)?.id);
});

test("rows far from the reader are let go, keep their place, and are read again", () => {
  let book = list(down(10_000, SHEET_ROWS), 9801);
  for (let next = 9801; next > 1; next -= SHEET_ROWS) {
    book = lightened(withPage(book, { rows: down(next - 1, SHEET_ROWS).map((id) => row(id)), next: next - SHEET_ROWS }), book.length);
  }
  expect(countOf(book)).toBe(10_000);
  expect(rowsOf(book).length, "never all of them in memory").toBeLessThanOrEqual((MOST_SHEETS + 1) * SHEET_ROWS);
  expect(placeAt(book, 0)).toEqual({ sheet: 0, row: undefined });
  const again = refilled(book, null, down(10_000, SHEET_ROWS).map((id) => row(id)));
  expect(placeAt(again, 3)?.row?.id).toBe(9997);
  expect(indexOf(again, 9997)).toBe(3);
});

test("a page without a match only moves the end of what was looked at", () => {
  const book = withPage(list([9], 9), { rows: [], next: 4 });
  expect([countOf(book), nextOf(book), book.length]).toEqual([1, 4, 1]);
});

test("live latencies join those that were read, each event once", () => {
  const counting = new LiveLatency({ points: [], summary: { p50: 8, p95: 8, p99: 8, max: 8 }, buckets: [{ upto_ms: 8, count: 2 }] });
  const timed = (id: number, latency_ms: number): DeliveryRow => row(id, { latency_ms });
  expect(counting.add([timed(1, 64), timed(2, 64), row(3, { latency_ms: null })])).toBe(true);
  expect(counting.add([timed(1, 64)]), "told again").toBe(false);
  const { summary, buckets, groups } = counting.view();
  expect(buckets.map((bar) => [bar.upto_ms, bar.count])).toEqual([[8, 2], [64, 2]]);
  expect([summary.p50, summary.p99]).toEqual([8, 64]);
  expect(groups[1]?.[0]).toMatchObject({ count: 2, p50: 64 });
});

test("five thousand events a second for a minute are counted to the last one", () => {
  const counting = new LiveLatency({ points: [], summary: { p50: null, p95: null, p99: null, max: null }, buckets: [] });
  const start = Date.parse("2026-11-01T10:00:00.000Z");
  const rows = (second: number) => Array.from({ length: 5000 }, (_, at) => row(second * 5000 + at, { latency_ms: 10 + (at % 90), published_at: new Date(start + second * 1000 + at / 5).toISOString() }));
  for (let second = 0; second < 60; second += 1) counting.add(rows(second));
  const { buckets, groups } = counting.view();
  expect(buckets.reduce((sum, bar) => sum + bar.count, 0)).toBe(300_000);
  expect(groups[1]?.length).toBeLessThanOrEqual(62);
});

test("fine bars become one for each doubling, without a hole", () => {
  expect(doublings([{ upto_ms: 2 ** 3.125, count: 1 }, { upto_ms: 16, count: 2 }, { upto_ms: 64, count: 1 }])).toEqual([
    { upto_ms: 16, count: 3 },
    { upto_ms: 32, count: 0 },
    { upto_ms: 64, count: 1 },
  ]);
});

test.each([
  ["14:02", "2026-11-23T14:02:00"],
  ["9:02:05", "2026-11-23T09:02:05"],
  ["2026-11-22 23:59", "2026-11-22T23:59:00"],
  ["2026-11-22", "2026-11-22T00:00:00"],
  ["10 min ago", "2026-11-23T17:50:00"],
  ["2h", "2026-11-23T16:00:00"],
])("%s is read as a moment", (text, wanted) => {
  expect(readMoment(text, new Date("2026-11-23T18:00:00"))).toEqual(new Date(wanted));
});

test.each(["", "soon", "25:00", "14:60", "2026-02-31", "10 minutes hence"])("%s is no moment", (text) => {
  expect(readMoment(text, new Date())).toBeNull();
});

test("a filter stands as tokens in its field and reads back as it was", () => {
  const filter = { ...NO_FILTER, verdicts: ["missing" as const, "late" as const], action_id: "a1", from: "2026-11-01T00:00:00.000Z", until: "2026-11-02T00:00:00.000Z", text: "3710" };
  const { run_id: _run, ...narrowing } = filter;
  expect(fromQuery(toQuery(filter))).toEqual(narrowing);
  expect(toQuery(NO_FILTER).tokens).toEqual([]);
});

test("the AWS CLI command carries the detail to the letter and quotes for the shell", () => {
  const sent = `{"version":"0","id":"e","detail-type":"incident-created","source":"aws.partner/ilert.com/x","account":"1","time":"2026-11-01T10:00:00Z","region":"eu-central-1","resources":["ilert"],"detail":{"n":1.50,"s":"it's"}}`;
  expect(rawDetail(sent)).toBe(`{"n":1.50,"s":"it's"}`);
  const command = awsCommand(detail({ sent }), environment());
  expect(command).toContain("aws events put-partner-events");
  expect(command).toContain("--endpoint-url http://127.0.0.1:4000");
  expect(command).toContain(String.raw`\"n\":1.50`);
  expect(command).toContain(String.raw`it'\''s`);
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
  const [times, p50] = series([[at(0), at(1), at(2), at(6)]]);
  expect(times).toHaveLength(5);
  expect(p50).toEqual([1, 1, 1, null, 1]);
});
