import { createSimBoard } from "@escapement/board-sim";
import { type TraceRecord, traceView } from "@escapement/scenario";
import { describe, expect, it } from "vitest";
import { Findings, Judge } from "../../src/check/index.js";
import type { LawEnv } from "../../src/law.js";
import { lawEnv } from "../../src/law-env.js";
import { laws } from "../../src/laws/index.js";

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
  kind: "expiry",
  timer,
  context: 1,
  at,
  scheduled,
});

const call = (op: "start" | "stop", result: "armed" | "in-flight", at: number): TraceRecord => ({
  kind: "call",
  op,
  subject: 0,
  context: 0,
  result,
  value: 0,
  at,
  until: at + 2,
});

const read = (value: number, before: number, after: number): TraceRecord => ({
  kind: "read",
  context: 0,
  value,
  at: value,
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
      '3 expiries of timer 0, expected exactly 1; the second came 498 ticks (249 us) after stop() returned "in-flight"',
    ]);
    expect(found(records, (run) => run.expiries(0).exactly(3))).toEqual([]);
  });

  it("calls one too early and one too late", () => {
    const records = [expiry(99, 100), expiry(220, 200), expiry(321, 300)];
    expect(found(records, (run) => run.expiries(0).onTime())).toEqual([
      "the handler of timer 0 ran 1 tick (0.5 us) before its deadline",
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

  it("show a lap too many and a lap too few, though the reference wraps more often", () => {
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

describe("returns and values", () => {
  it("name what was seen and what was expected", () => {
    const records = [call("stop", "in-flight", 10)];
    expect(found(records, (run) => run.results("stop", 0).are("removed", "idle"))).toEqual([
      'stop(0) returned "in-flight", expected "removed", "idle"',
    ]);
    expect(found([], (run) => run.results("stop", 0).all("removed"))).toHaveLength(1);
    expect(found([], (run) => run.values("count", 0).all(1))).toHaveLength(1);
    expect(found(records, (run) => run.results("stop").within(1))).toEqual([
      "stop took 2 ticks (1.0 us), at most 1 tick (0.5 us)",
    ]);
  });

  it("end a judgement that has no evidence", () => {
    expect(() => found([], (run) => run.call("stop", 0))).toThrow("expected at least 1");
    expect(() => found([], (run) => run.mark(3))).toThrow("mark 3");
  });
});

describe("a sentence never breaks off, and says no more than it knows", () => {
  it("names an empty list in words", () => {
    const said = (judge: (run: Judge) => void) => found([], judge);
    expect(said((run) => run.results("stop").are("removed"))).toEqual([
      'stop returned nothing, expected "removed"',
    ]);
    const refused = call("stop", "in-flight", 10);
    expect(found([refused], (run) => run.results("stop").are())).toEqual([
      'stop returned "in-flight", expected nothing',
    ]);
    expect(said((run) => run.values("count").are(1, 2))).toEqual([
      "count gave nothing, expected 1, 2",
    ]);
  });

  it("counts one as one", () => {
    expect(found([expiry(5, 5)], (run) => run.expiries(0).atLeast(2))).toEqual([
      "1 expiry of timer 0, expected at least 2",
    ]);
    expect(found([read(1, 0, 4)], (run) => run.reads().atLeast(2))).toEqual([
      "1 read in the trace, expected at least 2",
    ]);
  });

  it("never says that a read is off by nothing", () => {
    const fast = { frequencyHz: 16_000_000, modulusTicks: 2 ** 53 };
    const board = { ...env.board, reference: fast };
    const findings = new Findings();
    const records = [read(1_000, 8_000, 8_000), read(1_100, 8_810, 8_810)];
    const [iteration] = traceView({ records: [begin, ...records] }).iterations;
    if (iteration === undefined) throw new Error("no iteration");
    new Judge(iteration, { ...env, board }, findings, false).reads().matchReference();
    const [finding] = findings.list();
    expect(finding?.message).toContain("is -1 tick (-0.5 us) off the reference clock");
  });

  it("ranges are the right way up in ARM-24, and growth is said as such", async () => {
    const law = laws.find(({ id }) => id === "ARM-24");
    if (law === undefined) throw new Error("no ARM-24");
    const board = createSimBoard({ profile: "avr16" });
    const env24 = lawEnv(board.describe());
    const { records } = await board.run(law.program(env24));
    let nth = 0;
    const low = records.map((each) => {
      if (each.kind !== "call" || each.op !== "remaining") return each;
      nth += 1;
      return nth === 3 ? { ...each, value: 5 } : each;
    });
    const messages = law.check({ records: low }, env24).map(({ message }) => message);
    expect(messages.join("\n")).toMatch(/remaining grew from 5 to \d+ while the timer waited/);
    for (const message of messages) {
      const [, least, most] = /expected (\d+) to (\d+)/.exec(message) ?? [];
      if (least !== undefined) expect(Number(least)).toBeLessThanOrEqual(Number(most));
    }
  });
});

describe("a phase that is refused", () => {
  const law = laws.find(({ id }) => id === "ARM-01");
  const board = createSimBoard({ profile: "avr16" });

  /** ARM-01's trace with the phase refused and the timer's first expiry moved behind it, or gone. */
  async function refused(moved: boolean): Promise<readonly string[]> {
    if (law === undefined) throw new Error("no ARM-01");
    const env01 = lawEnv(board.describe());
    const { records } = await board.run(law.program(env01));
    const phase = { ...call("stop", "in-flight", 0), op: "phase", result: "invalid-argument" };
    const out: TraceRecord[] = [];
    for (const each of records) {
      if (each.kind === "iteration" && each.value > 1) break;
      out.push(each);
      if (each.kind === "call" && each.op === "start" && out.length < 4) {
        out.push({ ...phase, at: each.until, until: each.until } as TraceRecord);
      }
    }
    const kept = moved ? out : out.filter(({ kind }) => kind !== "expiry");
    return law.check({ records: kept }, env01).map(({ message }) => message);
  }

  it("is reported with its cause", async () => {
    const [, first] = await refused(true);
    expect(first).toMatch(
      /^timer 0 was still pending when the program came to phase\(\), by which none may be: its handler came \d+ ticks? later$/,
    );
    const [, gone] = await refused(false);
    expect(gone).toContain("a timer was still pending");
    expect(gone).toContain("its handler never came");
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
