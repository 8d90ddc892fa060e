import { createSimBoard } from "@escapement/board-sim";
import { type BoardDescription, program, type Trace } from "@escapement/scenario";
import { describe, expect, it } from "vitest";
import { judgeTrace } from "../../src/judge/index.js";
import { generateProgram } from "../../src/random/index.js";
import { falsifications, falsify } from "./falsified.js";

const board = createSimBoard({ profile: "avr16" });
const description = board.describe();

const small = program(({ main, timer }) => {
  const one = timer({ mode: "periodic", period: 500 });
  main.start(one).sleep(1_800).stop(one).read();
});

const start = { kind: "iteration", value: 0, at: 0 } as const;
const read = { kind: "read", value: 1, at: 1, context: 0 } as const;
const call = {
  ...{ kind: "call", op: "sleep", subject: 0, result: "ok", value: 0 },
  ...{ at: 1, until: 2, context: 0 },
} as const;

async function traceOf(wanted: Parameters<typeof board.run>[0]): Promise<Trace> {
  await board.reset();
  return board.run(wanted);
}

describe("the judge and what it is given", () => {
  it("reports a trace of another program as a violation of WIRE", async () => {
    const other = program(({ main }) => {
      main.read().mark(1);
    });
    const [first] = judgeTrace(small, await traceOf(other), description);
    expect(first).toMatchObject({
      rule: "WIRE",
      kind: "structure",
      expected: "the record of start",
    });
  });

  it.each<[string, unknown]>([
    ["no trace at all", undefined],
    ["null", null],
    ["no list of records", { records: undefined }],
    ["records that are none", { records: [1, null] }],
    ["a record that is null", { records: [start, null] }],
    ["an unknown kind of record", { records: [start, { kind: "x", at: 1, context: 0 }] }],
    ["a read without a value", { records: [start, { kind: "read", at: 1, context: 0 }] }],
    ["half a reference", { records: [start, { ...read, reference: { call: 1 } }] }],
    ["no reference where one is", { records: [start, { ...read, reference: null }] }],
    ["a call without its return", { records: [start, { ...call, until: undefined }] }],
    ["a call of nothing", { records: [start, { ...call, op: undefined }] }],
    ["a level that is none", { records: [start, { ...read, context: 1.5 }] }],
    ["numbers beyond all bounds", { records: [{ ...start, at: Number.POSITIVE_INFINITY }] }],
  ])("refuses %s, which is no trace", (_, trace) => {
    expect(() => judgeTrace(small, trace as Trace, description)).toThrowError(
      expect.objectContaining({ name: "ConformanceError", code: "bad-trace" }),
    );
  });

  it.each<[string, Trace]>([
    ["no records", { records: [] }],
    ["no iteration", { records: [{ kind: "mark", id: 1, context: 0, at: 5 }] }],
    ["another value of the variable", { records: [{ ...start, value: 7 }] }],
  ])("reports %s as a violation of WIRE", (_, trace) => {
    expect(judgeTrace(small, trace, description).map(({ rule }) => rule)).toContain("WIRE");
  });

  it.each<[string, Partial<BoardDescription>]>([
    ["maxDelayTicks", { maxDelayTicks: 0 }],
    ["latencies.lateTicks", { latencies: { lateTicks: -1, minDeltaTicks: 1, opTicks: 5 } }],
    ["latencies.opTicks", { latencies: { lateTicks: 1, minDeltaTicks: 1, opTicks: Number.NaN } }],
    ["latencies.dispatchTicks", { latencies: { ...description.latencies, dispatchTicks: -5 } }],
    ["counterBits", { counterBits: 0 }],
    ["frequencyHz", { frequencyHz: 0 }],
    ["timers", { timers: -1 }],
  ])("refuses a description whose %s cannot be", async (member, wrong) => {
    const trace = await traceOf(small);
    const judge = () => judgeTrace(small, trace, { ...description, ...wrong });
    expect(judge).toThrowError(expect.objectContaining({ code: "invalid-description" }));
    expect(judge).toThrowError(
      expect.objectContaining({ message: expect.stringContaining(member) }),
    );
  });

  it("refuses a program that no board would run", async () => {
    const trace = await traceOf(small);
    const wrong = { ...small, main: [{ op: "start", timer: 9 }] } as typeof small;
    expect(() => judgeTrace(wrong, trace, description)).toThrowError(
      expect.objectContaining({ code: "invalid-program" }),
    );
  });

  it("never throws on a falsified trace, and notices most of what was falsified", async () => {
    const tried = new Map<string, number>();
    const noticed = new Map<string, number>();
    for (let seed = 1; seed <= 40; seed++) {
      const random = generateProgram(seed, description, { size: "small" });
      const trace = await traceOf(random);
      expect(judgeTrace(random, trace, description), `seed ${seed}`).toEqual([]);
      const step = Math.max(1, Math.floor(trace.records.length / 12));
      for (const how of falsifications) {
        for (let place = 0; place < trace.records.length; place += step) {
          const wrong = falsify(trace, how, place);
          if (wrong === undefined) continue;
          const found = judgeTrace(random, wrong, description);
          tried.set(how.name, (tried.get(how.name) ?? 0) + 1);
          if (found.length > 0) noticed.set(how.name, (noticed.get(how.name) ?? 0) + 1);
        }
      }
    }
    for (const { name, share } of falsifications) {
      expect(tried.get(name), name).toBeGreaterThan(50);
      expect((noticed.get(name) ?? 0) / (tried.get(name) ?? 1), name).toBeGreaterThanOrEqual(share);
    }
  });
});
