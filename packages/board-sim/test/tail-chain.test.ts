import { program, traceView } from "@escapement/scenario";
import { describe, expect, it } from "vitest";
import {
  createSimBoard,
  FLAG_COMPARE,
  FLAG_OVERFLOW,
  SimChip,
  type SimChipOptions,
  simProfiles,
} from "../src/index.js";

/** A Cortex-M's SysTick on which interrupts follow each other without a step of the thread between. */
function boardWith(minDeltaTicks: number) {
  const { systick24 } = simProfiles;
  return createSimBoard({
    profile: { ...systick24, chip: { ...systick24.chip, tailChain: true } },
    port: (chip) => ({ ...systick24.port(chip), minDeltaTicks }),
  });
}

/** A handler that starts itself again with the shortest delay there is. */
const restarting = program(({ main, timer }) => {
  const t = timer({ mode: "one-shot", period: 1, quiet: true });
  t.handler.start(t);
  main.start(t).sleep(5_000).stop(t).count(t);
});

describe("a core that tail-chains", () => {
  it("CALL-12 ends the program where the next match comes on the way out of the interrupt", async () => {
    const board = boardWith(1);
    await expect(board.run(restarting)).rejects.toMatchObject({
      code: "never-ends",
      message: expect.stringContaining("never had its turn"),
    });
    const { records } = await board.run(program(({ main }) => main.mark(1)));
    expect(records.at(-1)).toMatchObject({ kind: "mark" });
  });

  it("CALL-12 lets the thread go on where minDeltaTicks covers that way", async () => {
    const trace = await boardWith(64).run(restarting);
    expect(traceView(trace).calls("count")[0]?.value).toBeGreaterThan(10);
  });

  it("serves as many as wait, however many, where the thread has its turn after them", async () => {
    const due = program(({ main, timer }) => {
      const t = timer({ mode: "periodic", period: 300, overrun: "burst", quiet: true });
      main.start(t).mask().spin(3_000_000).restore().sleep(10_000_000).stop(t).count(t);
    });
    const trace = await boardWith(64).run(due);
    expect(traceView(trace).calls("count")[0]?.value).toBeGreaterThan(10_000);
  });
});

describe("a core that gives the thread a step now and then", () => {
  /** A driver whose interrupt requests itself again, with a pause of so many cycles in front of every n-th. */
  const storming = (restAfter: number) =>
    createSimBoard({
      profile: "avr16",
      driver: (chip) => {
        let entries = 0;
        const again = (): void => {
          entries += 1;
          if (entries % restAfter === 0) chip.compare = (chip.counter + 1000) % 0x10000;
          else chip.pend(FLAG_COMPARE);
          chip.clearFlags(FLAG_COMPARE);
        };
        chip.connect({ overflow: () => chip.clearFlags(FLAG_OVERFLOW), compare: again });
        chip.enable(FLAG_COMPARE);
        chip.pend(FLAG_COMPARE);
        return {
          ...{ capacity: 1, maxDelayTicks: 60_000, now: () => chip.hardware.ticks() },
          ...{ create: () => ({}), start: () => "armed", stop: () => "idle", deinit: () => {} },
          ...{ active: () => false, deinitAll: () => {} },
        };
      },
    });
  const long = program(({ main }) => main.sleep(20_000_000).mark(1));

  it("ends a program in which interrupts request themselves without end", async () => {
    await expect(storming(Number.POSITIVE_INFINITY).run(long)).rejects.toMatchObject({
      code: "never-ends",
      message: expect.stringContaining("1000000 interrupts followed each other"),
    });
  });

  it("lets one go on in which there is an instant of rest, however seldom", async () => {
    const { records } = await storming(500_000).run(long);
    expect(records.at(-1)).toMatchObject({ kind: "mark" });
  });
});

describe("a controller that latches requests", () => {
  const chip: SimChipOptions = {
    counterBits: 8,
    cpuHz: 1e6,
    cyclesPerTick: 8,
    startCounter: 250,
    latchesRequest: true,
  };

  /** Lets the counter wrap while masked, clears the flag, and opens the mask. */
  function entriesAfterClearing(options: SimChipOptions): number {
    let entries = 0;
    const hardware = new SimChip(options);
    hardware.connect({ overflow: () => (entries += 1), compare: () => {} });
    hardware.enable(FLAG_OVERFLOW);
    const was = hardware.saveAndMask();
    while (hardware.counter >= 250);
    hardware.clearFlags(FLAG_OVERFLOW);
    hardware.restore(was);
    for (let i = 0; i < 20; i += 1) void hardware.counter;
    return entries;
  }

  it("READ-11 enters a vector whose flag was cleared before its turn, once", () => {
    expect(entriesAfterClearing(chip)).toBe(1);
    expect(entriesAfterClearing({ ...chip, latchesRequest: false })).toBe(0);
  });

  it("enters again what its handler left asking, and gives up what nobody clears", () => {
    const storms: string[] = [];
    const hardware = new SimChip(chip, { stormed: (source) => storms.push(source) });
    let entries = 0;
    hardware.connect({
      overflow: () => {
        entries += 1;
        if (entries >= 3) hardware.clearFlags(FLAG_OVERFLOW);
      },
      compare: () => {},
    });
    hardware.enable(FLAG_OVERFLOW);
    while (hardware.counter >= 250);
    expect(entries).toBe(3);
    hardware.connect({ overflow: () => {}, compare: () => {} });
    for (let i = 0; i < 5_000; i += 1) void hardware.counter;
    expect(storms).toEqual(["overflow"]);
  });

  it("is refused where the flag is the request", () => {
    expect(() => new SimChip({ ...chip, clearsFlagAtEntry: true })).toThrow("latchesRequest");
  });
});
