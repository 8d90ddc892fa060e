import { openUnoBoard } from "@escapement/board-uno";
import { ExploreError, formatReport, mergeReports, sameResult } from "@escapement/explore";
import { unoImage } from "@escapement/firmware";
import { program, type Trace } from "@escapement/scenario";
import { describe, expect, it } from "vitest";
import {
  describeUno,
  type ExploreUnoOptions,
  exploreUno,
  parseUnoReport,
  replayUno,
  summarizeUno,
  type UnoProgram,
} from "../src/index.js";
import {
  handlersAtOnce,
  marks,
  patched,
  readsAtTurn,
  stopAtExpiry,
  traceShape,
  withoutRecheck,
  wordIn,
} from "./support.js";

const RETI = 0x9518;
const JUMP_TO_ITSELF = 0xcfff;

async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    if (error instanceof ExploreError) return error.code;
    throw error;
  }
  return "none";
}

/** Searches a program and collects the shapes of all traces that its check is asked about. */
async function shapes(each: UnoProgram, options: ExploreUnoOptions) {
  const found = new Set<string>();
  const check = (trace: Trace) => {
    found.add(traceShape(trace));
    return [];
  };
  const { units } = await exploreUno([{ ...each, check }], options);
  return { found, counts: units[0]?.coverage };
}

describe.each([
  ["corrected", false],
  ["stock", true],
] as const)("a search of the shipped firmware, %s emulator", (name, stock) => {
  it("finds nothing in reads at the turn, and says what it did (READ-04)", async () => {
    const report = await exploreUno([readsAtTurn()], { stock, slackTicks: 300 });
    expect(report.emulator).toBe(name);
    const [only] = report.units;
    expect(only?.findings).toEqual([]);
    expect(only?.coverage).toMatchObject({ whole: true, cases: 4 });
    expect(only?.coverage.schedules).toBeGreaterThan(50);
    expect(only?.coverage.withEvent).toBeGreaterThan(10);
  });

  it("is deterministic", async () => {
    const options = { stock, slackTicks: 300 };
    const once = await exploreUno([stopAtExpiry(3), readsAtTurn(2)], options);
    const again = await exploreUno([stopAtExpiry(3), readsAtTurn(2)], options);
    expect(sameResult(once, again)).toBe(true);
    const other = await exploreUno([stopAtExpiry(3), readsAtTurn(3)], options);
    expect(sameResult(once, other)).toBe(false);
    expect(other.search).not.toBe(once.search);
  });

  it("judges the same plain run that the board makes", async () => {
    const board = await openUnoBoard({ stock });
    const { program: each } = stopAtExpiry(1);
    const made = await board.run(each);
    await board.close();
    const replayed = await replayUno(stopAtExpiry(1), "u1:", { stock });
    expect(replayed.trace && traceShape(replayed.trace)).toBe(traceShape(made));
  });

  it("finds the missing recheck of the overflow flag, and names the place (READ-04)", async () => {
    const report = await exploreUno([readsAtTurn()], { ...withoutRecheck, stock, slackTicks: 300 });
    const finding = report.units[0]?.findings.find(({ schedule }) => schedule !== "u1:");
    expect(finding?.kind).toBe("law");
    expect(finding?.place?.function).toBe("esc_now");
    expect(finding?.place?.source).toMatch(/esc_(hal\.c|time\.h|port_atmega328p\.h):\d+$/);
    expect(finding?.message).toBe("1 reads are below the one before");
    expect(finding?.shows).toContain("readMany 0: ok 1");
    const { value = 0, schedule = "" } = finding ?? {};
    const options = { ...withoutRecheck, stock, slackTicks: 300, value };
    const { trace, ...replayed } = await replayUno(readsAtTurn(), schedule, options);
    expect(replayed).toEqual(finding);
    expect(trace?.records.length).toBeGreaterThan(1);
  });
});

describe("schedules that are left out", () => {
  it.each([
    ["reads", readsAtTurn(2), true],
    ["a stop", stopAtExpiry(4), true],
    // Without holds: unless pruned, those are thousands of runs.
    ["handlers", handlersAtOnce(), false],
  ])("add no outcome: %s", async (_name, each, holds) => {
    const pruned = await shapes(each, { slackTicks: 240, limits: { holds } });
    const all = await shapes(each, { slackTicks: 240, limits: { holds, prune: false } });
    expect(pruned.found).toEqual(all.found);
    expect(pruned.counts?.pruned).toBeGreaterThan(0);
    expect(all.counts?.pruned).toBe(0);
    const { schedules = 0, pruned: left = 0 } = pruned.counts ?? {};
    expect(schedules + left).toBe(all.counts?.schedules);
  });

  it("hide no finding", async () => {
    const options = { ...withoutRecheck, slackTicks: 300 };
    const messages = async (prune: boolean) => {
      const limits = { prune, findingsMax: 1000 };
      const { units } = await exploreUno([readsAtTurn()], { ...options, limits });
      return new Set(units[0]?.findings.map(({ value, place }) => `${value} ${place?.function}`));
    };
    expect(await messages(true)).toEqual(await messages(false));
  });
});

describe("a report", () => {
  const programs = [stopAtExpiry(2), handlersAtOnce(), readsAtTurn(1)];
  const options = { slackTicks: 240 };

  it("comes back from its text, and no other text does", async () => {
    const report = await exploreUno([stopAtExpiry(1)], options);
    const text = formatReport(report);
    expect(parseUnoReport(text)).toEqual(report);
    for (const [from, to] of [
      ['"whole":true', '"whole":1'],
      ['"reached":[', '"reached":[-1,'],
      ['"contexts":[[', '"contexts":[[0],['],
      ['"slackTicks":240', '"slackTicks":"240"'],
      ['"bound":1', '"bound":3'],
    ] as const) {
      expect(text).toContain(from);
      const wrong = text.replace(from, to);
      expect(() => parseUnoReport(wrong), to).toThrow(
        expect.objectContaining({ code: "report-mismatch" }),
      );
    }
  });

  it("can be resumed, with the result of a search in one", async () => {
    const whole = await exploreUno(programs, options);
    const first = { ...whole, units: whole.units.slice(0, 1) };
    const resumed = await exploreUno(programs, { ...options, resume: first });
    expect(sameResult(resumed, whole)).toBe(true);
    const other = exploreUno(programs, { slackTicks: 239, resume: first });
    expect(await codeOf(other)).toBe("report-mismatch");
  });

  it("of shards can be merged: the same cases, points and addresses as of a search in one", async () => {
    const whole = await exploreUno(programs, options);
    const shards = await Promise.all(
      [1, 2].map((index) => exploreUno(programs, { ...options, shard: { index, count: 2 } })),
    );
    expect(shards.map(({ units }) => units.length)).toEqual([2, 1]);
    const merged = mergeReports(shards);
    expect(merged.units.map(({ id }) => id)).toEqual(whole.planned);
    const { cases, points, addresses, armed } = summarizeUno(whole);
    expect(summarizeUno(merged)).toMatchObject({ cases, points, addresses, armed, whole: true });
    expect(summarizeUno(merged).paths).toBe(summarizeUno(whole).paths);
  });
});

describe("a search", () => {
  it("makes pairs of moves on request", async () => {
    const one = await exploreUno([stopAtExpiry(2)], { slackTicks: 400 });
    const two = await exploreUno([stopAtExpiry(2)], { slackTicks: 400, limits: { bound: 2 } });
    expect(two.limits.bound).toBe(2);
    expect(two.units[0]?.findings).toEqual([]);
    const schedules = one.units[0]?.coverage.schedules ?? 0;
    expect(two.units[0]?.coverage.schedules).toBeGreaterThan(schedules);
  });

  it("takes a firmware that hangs for a finding", async () => {
    const endless = patched((map, flash) => [
      wordIn(map, flash, "__vector_12", RETI),
      JUMP_TO_ITSELF,
    ]);
    const report = await exploreUno([handlersAtOnce(), stopAtExpiry(1)], endless);
    const [first, second] = report.units;
    expect(first?.findings.map(({ kind, schedule }) => `${kind} ${schedule}`)).toEqual([
      "livelock u1:",
    ]);
    expect(first?.findings[0]?.message).toContain("__vector_12");
    expect(second?.findings).toEqual([]);
    expect(second?.coverage.whole).toBe(true);
  });

  it("stops after so many findings, and at a signal", async () => {
    const options = { ...withoutRecheck, slackTicks: 300 };
    const few = await exploreUno([readsAtTurn()], { ...options, limits: { findingsMax: 2 } });
    expect(few.units[0]?.findings.length).toBe(2);
    expect(few.units[0]?.coverage.whole).toBe(false);
    expect(summarizeUno(few)).toMatchObject({ findings: 2, whole: false });
    const ending = new AbortController();
    const places: string[] = [];
    const ended = await exploreUno([stopAtExpiry(6), readsAtTurn()], {
      signal: ending.signal,
      onProgress: ({ name, done, planned, runs }) => {
        places.push(`${name} ${done}/${planned}`);
        expect(runs).toBeGreaterThan(0);
        if (name === "READ-04 in small") ending.abort();
      },
    });
    expect(places.slice(-2)).toEqual(["STOP-06 in small 1/2", "READ-04 in small 1/2"]);
    expect(ended.planned).toEqual(["uno STOP-06 in small", "uno READ-04 in small"]);
    expect(ended.units.map(({ id }) => id)).toEqual(["uno STOP-06 in small"]);
    expect(summarizeUno(ended).whole).toBe(false);
  });

  it("gives checks a board that is slower by the slack", async () => {
    const plain = await openUnoBoard();
    const { latencies } = plain.describe();
    await plain.close();
    const board = await describeUno({ slackTicks: 100 });
    expect(board.latencies.lateTicks).toBe(latencies.lateTicks + 100);
    expect(board.latencies.opTicks).toBe(latencies.opTicks + 100);
    expect(board.latencies.minDeltaTicks).toBe(latencies.minDeltaTicks);
  });

  it("gives checks one iteration, and its program", async () => {
    const seen: string[] = [];
    await exploreUno([
      {
        ...readsAtTurn(2),
        check: ({ records }, part) => {
          const [first] = records;
          if (first?.kind === "iteration")
            seen.push(`${first.value} ${part.sweep?.from} ${part.sweep?.count}`);
          return [];
        },
      },
    ]);
    expect(new Set(seen)).toEqual(new Set(["61536 61536 1", "61573 61573 1"]));
  });

  it("refuses what makes no sense, by a typed error", async () => {
    const each = readsAtTurn(1);
    const image = unoImage();
    expect(await codeOf(exploreUno([each], { slackTicks: 1 }))).toBe("invalid-argument");
    expect(await codeOf(exploreUno([each], { slackTicks: 9000 }))).toBe("invalid-argument");
    expect(await codeOf(exploreUno([each], { limits: { findingsMax: 0 } }))).toBe(
      "invalid-argument",
    );
    expect(await codeOf(exploreUno([each], { limits: { bound: 3 as 2 } }))).toBe(
      "invalid-argument",
    );
    expect(await codeOf(exploreUno([each], { hex: image.hex }))).toBe("symbols");
    expect(await codeOf(exploreUno([each], { symbols: image }))).toBe("symbols");
    const none = { symbols: {}, sizes: {}, lines: {} };
    expect(await codeOf(exploreUno([each], { hex: image.hex, symbols: none }))).toBe("symbols");
    const large = program(({ main }) => {
      for (let index = 0; index < 400; index += 1) main.mark(index & 0xff);
    });
    expect(await codeOf(exploreUno([{ ...each, program: large }]))).toBe("cannot-run");
    expect(await codeOf(replayUno(each, "u1:1w", { value: 7 }))).toBe("invalid-argument");
    expect(await codeOf(replayUno(each, "u1:999999w"))).toBe("schedule-mismatch");
    expect(await codeOf(replayUno({ ...each, program: marks }, "u1:0w"))).toBe("schedule-mismatch");
    expect(await codeOf(replayUno(each, "u9:0w"))).toBe("schedule-version");
    expect(await codeOf(replayUno(each, "0w"))).toBe("bad-schedule");
  });
});
