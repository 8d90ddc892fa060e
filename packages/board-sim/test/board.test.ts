import { TimerError, TimerHal, type TimerPort } from "@escapement/core";
import { type Board, halDriver, program, type Trace, traceView } from "@escapement/scenario";
import { describe, expect, it } from "vitest";
import {
  createSimBoard,
  FLAG_COMPARE,
  FLAG_OVERFLOW,
  type SimBoardOptions,
  type SimChip,
  type SimModels,
  type SimProfileName,
  simProfiles,
  VcdRecorder,
} from "../src/index.js";
import { parseVcd } from "./vcd-parser.js";

const names = Object.keys(simProfiles) as SimProfileName[];

/** A port for any chip with an overflow flag, written as the README shows. */
function portOf(chip: SimChip): TimerPort {
  const { counterBits, cpuHz, cyclesPerTick, countDown } = chip.shape;
  const top = 2 ** counterBits - 1;
  const mirror = (ticks: number) => (countDown ? top - ticks : ticks);
  return {
    counterBits,
    frequencyHz: cpuHz / cyclesPerTick,
    minDeltaTicks: 1,
    readCounter: () => mirror(chip.counter),
    overflowPending: () => (chip.flags & FLAG_OVERFLOW) !== 0,
    acknowledgeOverflow: () => chip.clearFlags(FLAG_OVERFLOW),
    setCompare: (ticks) => {
      chip.compare = mirror(ticks);
    },
    enableCompare: (on) => (on ? chip.enable(FLAG_COMPARE) : chip.disable(FLAG_COMPARE)),
    comparePending: () => (chip.flags & FLAG_COMPARE) !== 0,
    acknowledgeCompare: () => chip.clearFlags(FLAG_COMPARE),
    saveAndMask: () => chip.saveAndMask(),
    restore: (state) => chip.restore(state),
    inInterrupt: () => chip.inInterrupt(),
  };
}

function periodic(periodTicks: number, times: number) {
  return program(({ main, timer }) => {
    const t = timer({ mode: "periodic", period: periodTicks });
    main
      .start(t)
      .sleep(periodTicks * times + Math.floor(periodTicks / 2))
      .stop(t);
  });
}

/** Expiries that are not where start + k·T puts them, or came early or too late. */
function wrongExpiries(trace: Trace, board: Board, periodTicks: number): unknown[] {
  const { lateTicks } = board.describe().latencies;
  const expiries = traceView(trace).expiries(0);
  const first = expiries[0]?.scheduled ?? 0;
  return expiries.filter(
    ({ at, scheduled }, index) =>
      scheduled !== first + index * periodTicks || at < scheduled || at - scheduled > lateTicks,
  );
}

describe("createSimBoard", () => {
  for (const profile of names) {
    it(`PER-02 ${profile} keeps a period without drift over many laps`, async () => {
      const board = createSimBoard({ profile });
      const { counterBits, name } = board.describe();
      expect(name).toBe(`sim:${profile}`);
      const lap = 2 ** Math.min(counterBits, 32);
      const periodTicks = Math.max(40, Math.floor(lap / 4) * 3 + 4);
      const trace = await board.run(periodic(periodTicks, 40));
      expect(traceView(trace).expiries(0)).toHaveLength(40);
      expect(wrongExpiries(trace, board, periodTicks)).toEqual([]);
    });

    it(`READ-01 ${profile} reads inside the reference window around every phase of the wrap`, async () => {
      const board = createSimBoard({ profile });
      const { counterBits, frequencyHz, reference } = board.describe();
      const lap = 2 ** Math.min(counterBits, 32);
      const reads = program(({ main, sweep, variable }) => {
        sweep({ from: lap - 50, count: 50, step: 1 });
        main.phase(variable()).read().read().read().read();
      });
      const cyclesPerTick = (reference?.frequencyHz ?? 0) / frequencyHz;
      const { chip } = simProfiles[profile];
      const start = chip.startCounter ?? 0;
      const boot = chip.countDown === true ? lap - 1 - start : start;
      const all = traceView(await board.run(reads)).reads();
      expect(all).toHaveLength(200);
      for (const { value, reference: window } of all) {
        expect(value).toBeGreaterThanOrEqual(
          boot + Math.floor((window?.call ?? 0) / cyclesPerTick),
        );
        expect(value).toBeLessThanOrEqual(boot + Math.floor((window?.return ?? 0) / cyclesPerTick));
      }
    });
  }

  it("leaves the same trace after each reset, and another one with another seed", async () => {
    const models: SimModels = {
      latency: { maxCycles: 50 },
      stall: { everyCycles: 5000, maxCycles: 400 },
      drift: { shape: "periodic", ppm: 200, everyCycles: 160_000 },
    };
    const some = program(({ main, timer, interrupt, sweep, variable }) => {
      sweep({ from: 100, count: 20, step: 37 });
      const t = timer({ mode: "periodic", period: variable() });
      const irq = interrupt();
      irq.handler.stop(t).read();
      main.start(t).interrupt(irq, 700).sleep(2000).phase(variable(5)).read();
    });
    const board = createSimBoard({ seed: 42, models });
    const first = JSON.stringify(await board.run(some));
    await board.reset();
    expect(JSON.stringify(await board.run(some))).toBe(first);
    const same = createSimBoard({ seed: 42, models });
    expect(JSON.stringify(await same.run(some))).toBe(first);
    const other = createSimBoard({ seed: 43, models });
    expect(JSON.stringify(await other.run(some))).not.toBe(first);
  });

  it("READ-15 runs the HAL on counters of every width from 3 to 32 bits, up and down", async () => {
    for (let counterBits = 3; counterBits <= 32; counterBits += 1) {
      for (const countDown of [false, true]) {
        const cyclesPerTick = counterBits < 10 ? 1024 : 4;
        const chip = { counterBits, cpuHz: 16_000_000, cyclesPerTick, countDown };
        const board = createSimBoard({ chip, port: portOf, name: `${counterBits}${countDown}` });
        const periodTicks = 3 * 2 ** counterBits + 41;
        const trace = await board.run(periodic(periodTicks, 10));
        expect(traceView(trace).expiries(0), `${counterBits} bits`).toHaveLength(10);
        expect(wrongExpiries(trace, board, periodTicks), `${counterBits} bits`).toEqual([]);
      }
    }
  });

  it("holds its own lateness with jitter and stalls on, and still never fires early", async () => {
    const models: SimModels = {
      latency: { maxCycles: 200 },
      stall: { everyCycles: 2000, maxCycles: 1000 },
    };
    for (const profile of names) {
      const board = createSimBoard({ profile, models, seed: 3 });
      const periodTicks = 4 * board.describe().latencies.opTicks;
      const trace = await board.run(periodic(periodTicks, 100));
      expect(traceView(trace).expiries(0), profile).toHaveLength(100);
      expect(wrongExpiries(trace, board, periodTicks), profile).toEqual([]);
    }
  });

  it("drifts against the reference clock by what was asked, and keeps its schedule in ticks", async () => {
    const drift = { shape: "constant", ppm: 1000 } as const;
    const board = createSimBoard({ profile: "avr16", models: { drift } });
    const trace = await board.run(program(({ main }) => main.read().sleep(2_000_000).read()));
    const [first, second] = traceView(trace).reads();
    const ticks = (second?.value ?? 0) - (first?.value ?? 0);
    const cycles = (second?.reference?.call ?? 0) - (first?.reference?.call ?? 0);
    expect(Math.abs((ticks * 8) / cycles - 1.001)).toBeLessThan(1e-5);
    expect(board.describe().capabilities).not.toContain("reference");
    expect(board.describe().reference).toBeUndefined();
  });

  it("sleeps the ticks it was asked for where the counter drifts", async () => {
    const drift = { shape: "step", ppm: 500, everyCycles: 50_000 } as const;
    const board = createSimBoard({ profile: "stm32", models: { drift } });
    const trace = await board.run(program(({ main }) => main.sleep(10_000_000)));
    const [sleep] = traceView(trace).calls("sleep");
    expect((sleep?.until ?? 0) - (sleep?.at ?? 0)).toBe(10_000_000);
  });

  it("leaves the same trace whether it is recorded or not", async () => {
    const some = periodic(777, 50);
    const plain = await createSimBoard({ profile: "rtc24" }).run(some);
    const vcd = new VcdRecorder();
    expect(await createSimBoard({ profile: "rtc24", vcd }).run(some)).toEqual(plain);
    expect(parseVcd(vcd.toString()).changes.length).toBeGreaterThan(100);
  });

  it("costs a few events for an idle hour", async () => {
    let chip: SimChip | undefined;
    const board = createSimBoard({
      profile: "stm32",
      port: (made) => {
        chip = made;
        return simProfiles.stm32.port(made);
      },
    });
    await board.run(program(({ main }) => main.sleep(84_000_000 * 3600)));
    expect(chip?.clock.now).toBeGreaterThan(84_000_000 * 3600);
    expect(chip?.clock.eventsRun).toBeLessThan(300);
  });

  it("records what a run does, with a wire for each handler", async () => {
    const vcd = new VcdRecorder();
    const board = createSimBoard({ profile: "avr16", vcd });
    await board.run(periodic(1000, 3));
    const { widths, changes } = parseVcd(vcd.toString());
    expect(widths.get("sim_avr16.counter")).toBe(16);
    const handler = changes.filter(({ name }) => name === "sim_avr16.timer_0");
    expect(handler.map(({ value }) => value).filter((value) => value === 1)).toHaveLength(3);
    const [a = 0, b = 0] = handler.filter(({ value }) => value === 1).map(({ timeNs }) => timeNs);
    expect(b - a).toBe(500_000);
  });

  it("puts another HAL, or a driver that is no HAL at all, under the suite", async () => {
    let made = 0;
    const hal: NonNullable<SimBoardOptions["hal"]> = (port, onError) => {
      made += 1;
      return new TimerHal(port, { capacity: 3, onError });
    };
    const small = createSimBoard({ hal });
    expect([made, small.describe().timers]).toEqual([1, 3]);
    const driven = createSimBoard({
      driver: (chip, port) => {
        const own = new TimerHal(port, { capacity: 5 });
        chip.connect({ overflow: own.onOverflow, compare: own.onCompare });
        chip.enable(FLAG_OVERFLOW);
        return halDriver(own);
      },
      latencies: { lateTicks: 99 },
    });
    expect(driven.describe()).toMatchObject({ timers: 5, latencies: { lateTicks: 99 } });
    const trace = await driven.run(periodic(1000, 5));
    expect(traceView(trace).expiries(0)).toHaveLength(5);
  });

  it("has the capability `exceptions` unless it is set that nothing contains what a callback throws", async () => {
    const has = (board: Board) => board.describe().capabilities.includes("exceptions");
    expect(has(createSimBoard())).toBe(true);
    expect(has(createSimBoard({ exceptions: true }))).toBe(true);
    const without = createSimBoard({ exceptions: false });
    expect(has(without)).toBe(false);
    const throwing = program(({ main, timer }) => {
      const t = timer({ mode: "one-shot", period: 100 });
      t.handler.throw();
      main.start(t).sleep(300);
    });
    expect(traceView(await createSimBoard().run(throwing)).errors()).toHaveLength(1);
    expect(traceView(await without.run(throwing)).errors()).toEqual([]);
  });

  it("goes on where a port never clears its flag, and says so in the trace", async () => {
    const board = createSimBoard({
      profile: "stm32",
      port: (chip) => ({ ...simProfiles.stm32.port(chip), acknowledgeOverflow: () => {} }),
    });
    const trace = await board.run(program(({ main }) => main.sleep(2 ** 33).read()));
    const view = traceView(trace);
    expect(view.errors().filter(({ code }) => code === "driver-fault")).toHaveLength(1);
    const [read] = view.reads();
    expect(Math.abs((read?.value ?? 0) - (read?.at ?? 0))).toBeGreaterThan(2 ** 32);
  });

  it("refuses options that make no board, with a hint", () => {
    const bad: [SimBoardOptions, RegExp][] = [
      [{ profile: "avr8" as SimProfileName }, /no profile avr8/],
      [{ profile: "avr16", chip: simProfiles.avr16.chip }, /both profile and chip/],
      [{ chip: simProfiles.avr16.chip }, /without a port/],
      [{ profile: "avr16", port: (c) => ({ ...portOf(c), frequencyHz: 1 }) }, /counts at 2000000/],
      [{ models: { latency: { maxCycles: -1 } } }, /latency\.maxCycles/],
    ];
    for (const [options, message] of bad) {
      expect(() => createSimBoard(options)).toThrowError(TimerError);
      expect(() => createSimBoard(options)).toThrowError(message);
    }
  });
});
