import { type TraceRecord, traceView } from "@escapement/scenario";
import { describe, expect, it } from "vitest";
import { Findings, Judge } from "../../src/check/index.js";
import type { LawEnv } from "../../src/law.js";
import { lawEnv } from "../../src/law-env.js";

const env: LawEnv = lawEnv({
  name: "paper",
  counterBits: 16,
  frequencyHz: 2_000_000,
  capabilities: ["reference"],
  timers: 8,
  maxDelayTicks: 2 ** 31,
  latencies: { lateTicks: 20, minDeltaTicks: 1, opTicks: 30 },
  reference: { frequencyHz: 2_000_000, modulusTicks: 64_256 },
});

const begin: TraceRecord = { kind: "iteration", value: 0, at: 0 };

const expiry = (at: number, scheduled: number, timer = 0): TraceRecord => ({
  ...{ kind: "expiry", timer, context: 1, at, scheduled },
});

const call = (op: "start" | "stop", answer: "armed" | "in-flight", at: number): TraceRecord => ({
  ...{ kind: "call", op, subject: 0, context: 0, answer, value: 0, at, until: at + 2 },
});

const read = (value: number, before: number, after: number): TraceRecord => ({
  ...{ kind: "read", context: 0, value, at: value },
  reference: { call: before, return: after },
});

/** What a judgement of these records finds. */
function found(records: readonly TraceRecord[], judge: (run: Judge) => void): readonly string[] {
  const findings = new Findings();
  const [iteration] = traceView({ records: [begin, ...records] }).iterations;
  if (iteration === undefined) throw new Error("no iteration");
  judge(new Judge(iteration, env, findings, false));
  return findings.list().map((finding) => finding.message);
}

describe("expiries", () => {
  it("counts them, and says after which stop the surplus came", () => {
    const records = [
      expiry(100, 100),
      call("stop", "in-flight", 102),
      expiry(602, 600),
      expiry(1102, 1100),
    ];
    expect(found(records, (run) => run.expiries(0).exactly(1))).toEqual([
      '3 expiries of timer 0, expected exactly 1; the second came 498 ticks (249 us) after stop() answered "in-flight"',
    ]);
    expect(found(records, (run) => run.expiries(0).exactly(3))).toEqual([]);
  });

  it("calls one too early and one too late", () => {
    const records = [expiry(99, 100), expiry(220, 200), expiry(321, 300)];
    expect(found(records, (run) => run.expiries(0).onTime())).toEqual([
      "the handler of timer 0 ran 1 tick (0.5 us) before its moment",
      "the handler of timer 0 came 21 ticks (11 us) late, at most 20 ticks (10 us) is allowed",
    ]);
    expect(found(records.slice(2), (run) => run.expiries(0).onTime(1))).toEqual([]);
    expect(found(records.slice(2), (run) => run.expiries(0).servedBy(301))).toEqual([]);
  });

  it("holds the first one to its start, within the call and no further", () => {
    const start = call("start", "armed", 10);
    const at = (scheduled: number) =>
      found([start, expiry(scheduled, scheduled)], (run) =>
        run.expiries(0).from(run.call("start", 0), 100),
      ).length;
    expect([110, 111, 113, 114].map(at)).toEqual([1, 0, 0, 1]);
  });

  it("wants equal distances where it is asked to", () => {
    const records = [expiry(100, 100), expiry(200, 200), expiry(301, 301)];
    expect(found(records, (run) => run.expiries(0).spaced(100))).toEqual([
      "the third expiry of timer 0 was scheduled 101 ticks (51 us) after the one before, expected 100 ticks (50 us)",
    ]);
  });
});

describe("reads", () => {
  const judge = (run: Judge) => run.reads().matchReference();

  it("are compared with the reference clock across its turn", () => {
    const records = [read(1_000, 64_200, 64_210), read(1_100, 44, 54)];
    expect(found(records, judge)).toEqual([]);
  });

  it("show a lap too many and a lap too few, though the reference turns over more often", () => {
    for (const error of [65_536, -65_536]) {
      const records = [read(100_000, 500, 510), read(100_100 + error, 600, 610)];
      expect(found(records, judge)).toHaveLength(1);
    }
  });

  it("prove nothing without a second read or a reference", () => {
    expect(found([read(1, 0, 4)], judge)).toHaveLength(1);
    const blind: TraceRecord = { kind: "read", context: 0, value: 5, at: 5 };
    expect(() => found([blind, blind], judge)).toThrow("no reading of the reference clock");
  });

  it("may return in another order than called where a handler read in between", () => {
    const inside: TraceRecord = { kind: "read", context: 1, value: 50, at: 50 };
    const outside: TraceRecord = { kind: "read", context: 0, value: 40, at: 40 };
    expect(found([inside, outside], (run) => run.reads().neverDecrease())).toEqual([]);
    const later = { ...outside, at: 60 };
    expect(found([inside, later], (run) => run.reads().neverDecrease())).toHaveLength(1);
  });
});

describe("answers and values", () => {
  it("name what was seen and what was expected", () => {
    const records = [call("stop", "in-flight", 10)];
    expect(found(records, (run) => run.answers("stop", 0).are("removed", "idle"))).toEqual([
      'stop(0) answered "in-flight", expected "removed", "idle"',
    ]);
    expect(found([], (run) => run.answers("stop", 0).all("removed"))).toHaveLength(1);
    expect(found([], (run) => run.values("count", 0).all(1))).toHaveLength(1);
    expect(found(records, (run) => run.answers("stop").within(1))).toEqual([
      "stop took 2 ticks (1.0 us), at most 1 tick (0.5 us)",
    ]);
  });

  it("end a judgement that has no evidence", () => {
    expect(() => found([], (run) => run.call("stop", 0))).toThrow("expected at least 1");
    expect(() => found([], (run) => run.mark(3))).toThrow("mark 3");
  });
});

describe("findings", () => {
  it("are at most eight, and then a count", () => {
    const findings = new Findings();
    for (let index = 0; index < 11; index += 1) findings.say(`number ${index}`);
    expect(findings.list()).toHaveLength(9);
    expect(findings.list().at(-1)?.message).toBe("and 3 more findings like these");
  });
});
