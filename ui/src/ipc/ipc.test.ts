import { expect, test, vi } from "vitest";
import { mockIPC } from "@tauri-apps/api/mocks";
import { chain, row, run } from "../test/fixtures";
import type { Topic } from "./bindings/Topic";
import { call } from "./call";
import { IpcError } from "./error";
import { applyLive } from "./liveCache";
import { createQueryClient } from "./queryClient";
import { LiveHub, type LiveBatch } from "./LiveContext";
import { chainsWithRows, chainsWithRun, runsWith } from "./livePatches";
import { MOST_ROWS, sliced } from "./slices";

test("a refused command rejects with its code, sentence and detail", async () => {
  mockIPC(() => Promise.reject({ code: "refused", message: "The source has alert actions.", detail: "2" }));
  const failure = await call("delete_alert_source", { id: 1 }).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(IpcError);
  expect(failure).toMatchObject({ code: "refused", message: "The source has alert actions.", detail: "2" });
});

test("anything else that is thrown becomes an error with a sentence too", async () => {
  mockIPC(() => Promise.reject("command overview not found"));
  await expect(call("overview")).rejects.toMatchObject({ code: "broken", message: "command overview not found" });
});

test("a new run goes in front of the list, a known one is renewed in place", () => {
  const [one, two] = [run({ run_id: "r1" }), run({ run_id: "r2" })];
  expect(runsWith([one], two).map((item) => item.run_id)).toEqual(["r2", "r1"]);
  expect(runsWith([two, one], { ...one, proven: false }).map((item) => item.proven)).toEqual([true, false]);
});

test("a report of an older run does not replace the newest one of a chain", () => {
  const newest = chain({ last_run: run({ run_id: "r2", started_at: "2026-11-02T00:00:00.000Z" }) });
  const [patched] = chainsWithRun([newest], run({ run_id: "r1", started_at: "2026-11-01T00:00:00.000Z" }));
  expect(patched?.last_run?.run_id).toBe("r2");
});

test("an answer that was overtaken by the end of its run does not reopen it", () => {
  const closed = run({ run_id: "r1", state: "closed" });
  const late = run({ run_id: "r1", state: "running" });
  expect(runsWith([closed], late)[0]?.state).toBe("closed");
  expect(chainsWithRun([chain({ last_run: closed })], late)[0]?.last_run?.state).toBe("closed");
});

test("rows of other runs leave the board as it is", () => {
  const before = chain();
  expect(chainsWithRows([before], [row(1, { run_id: "other", verdict: "missing" })])[0]).toBe(before);
});

test("answers that stop holding all the time are read again twice a second, and none is forgotten", async () => {
  vi.useFakeTimers();
  const queries = createQueryClient();
  const read = vi.spyOn(queries, "invalidateQueries").mockResolvedValue();
  const change = (topic: Topic) => applyLive(queries, [{ kind: "changed", topic }]);
  change("activity");
  expect(read, "the first one at once").toHaveBeenCalledTimes(1);
  for (let times = 0; times < 20; times++) change("activity");
  change("runs");
  expect(read).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(500);
  expect(read.mock.calls.map(([filters]) => filters?.queryKey)).toEqual([["activity"], ["activity"], ["runs"]]);
  await vi.advanceTimersByTimeAsync(5000);
  expect(read, "then nothing waits").toHaveBeenCalledTimes(3);
  vi.useRealTimers();
});

const rowsIn = (batch: LiveBatch) => batch.flatMap((event) => (event.kind === "deliveries" ? event.rows.map(({ id }) => id) : []));

test("a large batch is handed on in parts that lose nothing and keep the order, a usual one at once", async () => {
  const rows = Array.from({ length: 2 * MOST_ROWS + 1 }, (_, at) => row(at));
  const batch: LiveBatch = [{ kind: "run", run: run() }, { kind: "deliveries", rows }, { kind: "changed", topic: "runs" }];
  const parts = sliced(batch);
  expect(parts.flat().filter((event) => event.kind !== "deliveries").map(({ kind }) => kind)).toEqual(["run", "changed"]);
  expect(parts.map((part) => rowsIn(part).length)).toEqual([MOST_ROWS, MOST_ROWS, 1, 0]);
  expect(sliced([{ kind: "deliveries", rows: rows.slice(0, MOST_ROWS) }])).toHaveLength(1);
  const hub = new LiveHub();
  const seen: number[] = [];
  hub.listen((part) => seen.push(...rowsIn(part)));
  hub.publish(batch);
  hub.publish([{ kind: "deliveries", rows: [row(9_000_000)] }]);
  expect(seen, "the rest waits until a frame was drawn").toHaveLength(MOST_ROWS);
  await vi.waitFor(() => expect(seen).toHaveLength(2 * MOST_ROWS + 2));
  expect(seen.at(-1), "what came later comes later").toBe(9_000_000);
});
