import { openUnoBoard } from "@escapement/board-uno";
import { ExploreError } from "@escapement/explore";
import { unoImage } from "@escapement/firmware";
import { program, type Trace } from "@escapement/scenario";
import { describe, expect, it } from "vitest";
import {
  describeUno,
  type ExploreUnoOptions,
  exploreUno,
  replayUno,
  type UnoCase,
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

/** Sweeps a case and collects the shapes of all traces that its check is asked about. */
async function shapes(each: UnoCase, options: ExploreUnoOptions) {
  const found = new Set<string>();
  const check = (trace: Trace) => {
    found.add(traceShape(trace));
    return [];
  };
  const { cases } = await exploreUno([{ ...each, check }], options);
  return { found, counts: cases[0] };
}

describe.each([
  ["corrected", false],
  ["stock", true],
] as const)("a sweep of the shipped firmware, %s emulator", (name, stock) => {
  it("finds nothing in reads at the turn, and says what it did (READ-04)", async () => {
    const report = await exploreUno([readsAtTurn()], { stock, slackTicks: 300 });
    expect(report.emulator).toBe(name);
    expect(report.finished).toBe(true);
    const [only] = report.cases;
    expect(only?.findings).toEqual([]);
    expect(only?.iterations).toBe(4);
    expect(only?.placed).toBeGreaterThan(50);
    expect(only?.addressesPlaced).toBeGreaterThan(10);
  });

  it("is deterministic", async () => {
    const options = { stock, slackTicks: 300 };
    const once = await exploreUno([stopAtExpiry(3), readsAtTurn(2)], options);
    expect(await exploreUno([stopAtExpiry(3), readsAtTurn(2)], options)).toEqual(once);
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
    const finding = report.cases[0]?.findings.find(({ schedule }) => schedule !== "u1:");
    expect(finding?.kind).toBe("law");
    expect(finding?.place?.function).toBe("esc_now");
    expect(finding?.place?.source).toMatch(/esc_(hal\.c|time\.h|port_atmega328p\.h):\d+$/);
    expect(finding?.message).toBe("1 reads are below the one before");
    expect(finding?.shows).toContain("readMany 0: ok 1");
    const { iteration = 0, schedule = "" } = finding ?? {};
    const options = { ...withoutRecheck, stock, slackTicks: 300, iteration };
    expect(await replayUno(readsAtTurn(), schedule, options)).toEqual(finding);
  });
});

describe("moves that another covers", { timeout: 240_000 }, () => {
  it.each([
    ["reads", readsAtTurn(2), true],
    ["a stop", stopAtExpiry(4), true],
    // From its own phase only: without pruning the others are thousands of runs.
    ["handlers", handlersAtOnce(), false],
  ])("add no outcome: %s", async (_name, each, phases) => {
    const pruned = await shapes(each, { slackTicks: 240, phases });
    const all = await shapes(each, { slackTicks: 240, phases, prune: false });
    expect(pruned.found).toEqual(all.found);
    expect(pruned.counts?.equivalent).toBeGreaterThan(0);
    expect(all.counts?.equivalent).toBe(0);
    const { placed = 0, equivalent = 0 } = pruned.counts ?? {};
    expect(placed + equivalent).toBe(all.counts?.placed);
  });

  it("hide no finding", async () => {
    const options = { ...withoutRecheck, slackTicks: 300, stopAfter: 1000 };
    const messages = async (prune: boolean) => {
      const { cases } = await exploreUno([readsAtTurn()], { ...options, prune });
      return new Set(
        cases[0]?.findings.map(({ iteration, place }) => `${iteration} ${place?.function}`),
      );
    };
    expect(await messages(true)).toEqual(await messages(false));
  });
});

describe("a sweep", () => {
  it("makes pairs of moves on request", async () => {
    const one = await exploreUno([stopAtExpiry(2)], { slackTicks: 400 });
    const two = await exploreUno([stopAtExpiry(2)], { slackTicks: 400, bound: 2 });
    expect(two.bound).toBe(2);
    expect(two.cases[0]?.findings).toEqual([]);
    expect(two.cases[0]?.placed).toBeGreaterThan(one.cases[0]?.placed ?? 0);
  });

  it("takes a firmware that hangs for a finding", async () => {
    const endless = patched((map, flash) => [
      wordIn(map, flash, "__vector_12", RETI),
      JUMP_TO_ITSELF,
    ]);
    const report = await exploreUno([handlersAtOnce(), stopAtExpiry(1)], endless);
    const [first, second] = report.cases;
    expect(first?.findings.map(({ kind, schedule }) => `${kind} ${schedule}`)).toEqual([
      "hang u1:",
    ]);
    expect(first?.findings[0]?.message).toContain("__vector_12");
    expect(second?.findings).toEqual([]);
    expect(second?.finished).toBe(true);
  });

  it("stops after so many findings, and when it is told to", async () => {
    const options = { ...withoutRecheck, slackTicks: 300 };
    const few = await exploreUno([readsAtTurn()], { ...options, stopAfter: 2 });
    expect(few.cases[0]?.findings.length).toBe(2);
    expect(few.finished).toBe(false);
    const ending = new AbortController();
    const places: string[] = [];
    const ended = await exploreUno([stopAtExpiry(6), readsAtTurn()], {
      signal: ending.signal,
      onProgress: ({ case: name, iterationsDone, iterations }) => {
        places.push(`${name} ${iterationsDone}/${iterations}`);
        if (iterationsDone === 2) ending.abort();
      },
    });
    expect(places).toEqual(["STOP-06 in small 1/6", "STOP-06 in small 2/6"]);
    expect(ended.cases.map(({ iterations, finished }) => `${iterations} ${finished}`)).toEqual([
      "2 false",
      "0 false",
    ]);
  });

  it("tells checks of a board that is slower by the slack", async () => {
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
        check: ({ records }, _board, part) => {
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
    expect(await codeOf(exploreUno([each], { stopAfter: 0 }))).toBe("invalid-argument");
    expect(await codeOf(exploreUno([each], { bound: 3 as 2 }))).toBe("invalid-argument");
    expect(await codeOf(exploreUno([each], { hex: image.hex }))).toBe("symbols");
    expect(await codeOf(exploreUno([each], { symbols: image }))).toBe("symbols");
    const none = { symbols: {}, sizes: {}, lines: {} };
    expect(await codeOf(exploreUno([each], { hex: image.hex, symbols: none }))).toBe("symbols");
    const large = program(({ main }) => {
      for (let index = 0; index < 400; index += 1) main.mark(index & 0xff);
    });
    expect(await codeOf(exploreUno([{ ...each, program: large }]))).toBe("cannot-run");
    expect(await codeOf(replayUno(each, "u1:1w", { iteration: 7 }))).toBe("invalid-argument");
    expect(await codeOf(replayUno(each, "u1:999999w"))).toBe("schedule-mismatch");
    expect(await codeOf(replayUno({ ...each, program: marks }, "u1:0w"))).toBe("schedule-mismatch");
    expect(await codeOf(replayUno(each, "u9:0w"))).toBe("schedule-version");
    expect(await codeOf(replayUno(each, "0w"))).toBe("bad-schedule");
  });
});
