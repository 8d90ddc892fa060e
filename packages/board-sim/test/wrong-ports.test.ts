import type { TimerPort } from "@escapement/core";
import { type Board, program, traceView } from "@escapement/scenario";
import { describe, expect, it } from "vitest";
import {
  createSimBoard,
  FLAG_COMPARE,
  FLAG_OVERFLOW,
  type SimChip,
  simProfiles,
} from "../src/index.js";

const { avr16, stm32, systick24 } = simProfiles;

/** A board with one member of a good port replaced. */
function boardWith(
  profile: typeof stm32,
  change: (chip: SimChip, good: TimerPort) => Partial<TimerPort>,
): Board {
  const port = (chip: SimChip): TimerPort => {
    const good = profile.port(chip);
    return { ...good, ...change(chip, good) };
  };
  return createSimBoard({ profile, port });
}

/** Reads around the wrap, masked and not: how far the worst is off the true time, and what was reported. */
async function readAroundWrap(board: Board, isArmed = true) {
  const lap = 2 ** board.describe().counterBits;
  const reads = program(({ main, timer, sweep, variable }) => {
    sweep({ from: lap - 60, count: 60, step: 1 });
    const t = timer({ mode: "one-shot", period: 30 });
    main.phase(variable());
    if (isArmed) main.start(t);
    main.read().mask().read().spin(30).read().restore().read().sleep(200);
    main.stop(t).read();
  });
  const trace = await board.run(reads);
  const records = traceView(trace).reads();
  return {
    worst: Math.max(...records.map(({ value, at }) => Math.abs(value - at))),
    errors: new Set(trace.records.flatMap((each) => (each.kind === "error" ? [each.code] : []))),
  };
}

/** What `enabled` returns after a read with interrupts masked. */
async function enabledAfterMaskedRead(board: Board): Promise<number | undefined> {
  const masked = program(({ main }) => main.mask().read().enabled().restore());
  return traceView(await board.run(masked)).calls("enabled")[0]?.value;
}

describe("a port", () => {
  it("READ-01 READ-05 that is right reads right and keeps the mask", async () => {
    const good = boardWith(stm32, () => ({}));
    const { worst, errors } = await readAroundWrap(good);
    expect(worst).toBeLessThan(100);
    expect([...errors]).toEqual([]);
    expect(await enabledAfterMaskedRead(good)).toBe(0);
  });

  it("READ-02 that ignores the pending overflow is off by a lap", async () => {
    const board = boardWith(stm32, () => ({ overflowPending: () => false }));
    const { worst } = await readAroundWrap(board, false);
    expect(worst).toBeGreaterThan(2 ** 31);
  });

  it("READ-16 READ-11 that clears all flags at once loses laps, and that is reported", async () => {
    const all = FLAG_OVERFLOW | FLAG_COMPARE;
    const board = boardWith(stm32, (chip) => ({ acknowledgeCompare: () => chip.clearFlags(all) }));
    const { errors } = await readAroundWrap(board);
    expect([...errors]).toEqual(["overflow-missed"]);
  });

  it("READ-10 that does not say its chip clears the flag at entry loses each lap", async () => {
    const silent = boardWith(avr16, () => ({ autoClear: false }));
    expect((await readAroundWrap(silent, false)).worst).toBeGreaterThan(2 ** 15);
    const boastful = boardWith(systick24, () => ({ autoClear: true }));
    expect((await readAroundWrap(boastful, false)).worst).toBeGreaterThan(2 ** 23);
  });

  it("READ-05 whose restore always enables opens a mask that is not its own", async () => {
    const board = boardWith(stm32, (chip) => ({ restore: () => chip.restore(0) }));
    expect(await enabledAfterMaskedRead(board)).toBe(1);
  });

  describe("of a down-counter", () => {
    const lap = 2 ** 24;
    const complement = (count: number) => lap - 1 - count;
    const negative = (count: number) => (lap - count) % lap;

    /** The port of `systick24`, turned round by another rule, on a chip whose flag rises there. */
    function turnedBy(overflowAt: "reload" | "zero", turned: (count: number) => number): Board {
      // Slow ticks: an access that is over within the tick of the flag sees the two disagree.
      const chip = { ...systick24.chip, overflowAt, cyclesPerTick: 16, accessCycles: 2 };
      return boardWith({ ...systick24, chip }, (chip) => ({
        frequencyHz: 3_000_000,
        readCounter: () => turned(chip.counter),
        setCompare: (ticks) => {
          chip.compare = turned(ticks);
        },
      }));
    }

    it.each([
      { overflowAt: "reload", rule: "TOP - counter", turned: complement, right: true },
      { overflowAt: "reload", rule: "-counter", turned: negative, right: false },
      { overflowAt: "zero", rule: "TOP - counter", turned: complement, right: false },
      { overflowAt: "zero", rule: "-counter", turned: negative, right: true },
    ] as const)("READ-01 flag at $overflowAt, turned as $rule: $right", async (row) => {
      const { worst } = await readAroundWrap(turnedBy(row.overflowAt, row.turned));
      if (row.right) expect(worst).toBeLessThan(100);
      else expect(worst).toBeGreaterThan(lap - 100);
    });
  });

  it("ARM-03 that does not mirror a down-counter's compare fires at the wrong time", async () => {
    const board = boardWith(systick24, (chip) => ({
      setCompare: (ticks) => {
        chip.compare = ticks;
      },
    }));
    const once = program(({ main, timer }) => {
      const t = timer({ mode: "one-shot", period: 10_000 });
      main.start(t).sleep(2 ** 25);
    });
    const [expiry] = traceView(await board.run(once)).expiries(0);
    const { lateTicks } = board.describe().latencies;
    expect((expiry?.at ?? 0) - (expiry?.scheduled ?? 0)).toBeGreaterThan(lateTicks);
  });
});
