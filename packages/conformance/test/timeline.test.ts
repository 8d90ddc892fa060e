import type { TraceRecord } from "@escapement/scenario";
import { excerptLines } from "@escapement/timeline";
import { expect, test } from "vitest";
import { excerptOf } from "../src/index.js";
import { expiries } from "./fakes.js";

test("every kind of record has its words, with times from the iteration's start", () => {
  const call = { kind: "call", op: "stop", subject: 0, context: 1, result: "in-flight" } as const;
  const records: readonly TraceRecord[] = [
    { kind: "iteration", value: 7, at: 100 },
    { kind: "expiry", timer: 0, context: 1, at: 600, scheduled: 599 },
    { ...call, value: 0, at: 601, until: 604 },
    { kind: "exit", timer: 0, context: 1, at: 606 },
    { ...call, op: "sleep", context: 0, result: "ok", value: 0, at: 101, until: 607 },
    { kind: "interrupt", interrupt: 0, context: 2, at: 610 },
    { kind: "read", context: 0, value: 619, at: 620 },
    { kind: "mark", id: 3, context: 0, at: 630 },
    { kind: "stats", allocated: 2, pending: 1, retired: 0, context: 0, at: 640 },
    { kind: "error", code: "callback-threw", context: 0, at: 650 },
  ];
  const excerpt = excerptOf({ records }, []);
  expect(excerptLines(excerpt, { marked: [2] })).toEqual([
    "    0  iteration, variable = 7",
    "  500  timer 0 fires, due 499 [in interrupt]",
    '> 504  stop(0) returns "in-flight", took 3 [in interrupt]',
    "  506  timer 0 handler returns [in interrupt]",
    '  507  sleep returns "ok", took 506',
    "  510  second interrupt, list 0 [in interrupt, level 2]",
    "  520  read 619 (-1 from the stamp)",
    "  530  mark 3",
    "  540  stats: allocated 2, pending 1, retired 0",
    '  550  error "callback-threw"',
  ]);
  expect(excerptLines(excerpt.slice(0, 2), { frequencyHz: 2_000_000 })[1]).toBe(
    "  250.0 us  timer 0 fires, due 249.5 us [in interrupt]",
  );
});

test("an excerpt is the places that findings name, bounded, with gaps shown", () => {
  const trace = expiries(...Array.from({ length: 500 }, (_, index) => index * 10));
  const excerpt = excerptOf(trace, [{ message: "late", record: 300 }]);
  expect(excerpt.map(({ index }) => index)).toEqual([
    0, 295, 296, 297, 298, 299, 300, 301, 302, 303, 304, 305,
  ]);
  expect(excerptLines(excerpt, { marked: [300] })[1]).toBe("     …");
  const all = trace.records.map((_, record) => ({ message: "m", record }));
  expect(excerptOf(trace, all)).toHaveLength(32);
  expect(excerptOf(trace, [{ message: "m", record: 9_999 }])).toHaveLength(32);
  expect(excerptOf({ records: [] }, [])).toEqual([]);
});
