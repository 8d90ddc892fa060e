import { describe, expect, it } from "vitest";
import { FLAG_OVERFLOW, SimChip, type SimChipOptions, SimMachine } from "../src/index.js";

const prescaled: SimChipOptions = {
  counterBits: 8,
  cpuHz: 1_000_000,
  cyclesPerTick: 10,
  startCounter: 200,
};

function machineOf(options: Partial<SimChipOptions> = {}, seed = 1) {
  const chip = new SimChip({ ...prescaled, ...options }, { seed });
  const overflows: number[] = [];
  chip.connect({
    overflow: () => {
      overflows.push(chip.hardware.ticks());
      chip.clearFlags(FLAG_OVERFLOW);
    },
    compare: () => {},
  });
  chip.enable(FLAG_OVERFLOW);
  return { chip, machine: new SimMachine(chip), overflows };
}

describe("SimMachine", () => {
  it("stamps true time that goes on over the wraps, the reference in cycles beside it", () => {
    const { machine } = machineOf();
    expect(machine.stamp()).toBe(200);
    machine.sleep(1000);
    expect(machine.stamp()).toBeGreaterThanOrEqual(1200);
    const stamp = machine.stamp();
    const reference = machine.reference();
    machine.spin(5);
    expect(machine.stamp() - stamp).toBe(5);
    expect(machine.reference() - reference).toBe(50);
  });

  it("sleeps at least as long as asked, serving interrupts in the tick they come", () => {
    for (const ticks of [0, 1, 2, 55, 56, 57, 300, 5000]) {
      const { machine, overflows } = machineOf();
      const start = machine.stamp();
      machine.sleep(ticks);
      expect(machine.stamp() - start).toBeGreaterThanOrEqual(ticks);
      expect(machine.stamp() - start).toBeLessThanOrEqual(ticks + 3);
      for (const [lap, at] of overflows.entries()) expect(at - 256 * (lap + 1)).toBeLessThan(2);
      expect(overflows).toHaveLength(Math.floor(machine.stamp() / 256));
    }
  });

  it("spins its own time: a handler that comes in between makes it longer, a sleep not", () => {
    const long = machineOf();
    long.chip.requestSecond(() => long.machine.spin(40), 100);
    long.machine.spin(30);
    expect(long.machine.stamp() - 200).toBeGreaterThanOrEqual(70);
    const short = machineOf();
    short.chip.requestSecond(() => short.machine.spin(10), 100);
    short.machine.sleep(30);
    expect(short.machine.stamp() - 200).toBeLessThan(33);
  });

  it("serves nothing while masked, and everything at restore", () => {
    const { machine, overflows } = machineOf();
    const state = machine.saveAndMask();
    expect(machine.interruptsEnabled()).toBe(false);
    machine.sleep(100);
    machine.spin(10);
    expect(overflows).toEqual([]);
    machine.restore(state);
    expect(overflows).toHaveLength(1);
    expect(machine.interruptsEnabled()).toBe(true);
  });

  it("brings the counter forward to any phase, never back, inside that very tick", () => {
    for (let target = 0; target < 256; target += 1) {
      const { chip, machine } = machineOf({}, target);
      const before = machine.stamp();
      machine.phase(target);
      expect(machine.stamp()).toBeGreaterThanOrEqual(before);
      // The wrap's interrupt takes a few ticks in which the thread does not run.
      const count = chip.hardware.count();
      if (target < 4) expect(count - target).toBeLessThan(4);
      else expect(count).toBe(target);
    }
  });

  it("waits for the wrap where the phase has passed, and the interrupts are served", () => {
    const { machine, overflows } = machineOf();
    machine.phase(150);
    expect(machine.stamp()).toBe(256 + 150);
    expect(overflows).toHaveLength(1);
  });

  it("takes a phase of a wide counter for the low word, or for the whole count ahead", () => {
    const { machine } = machineOf({ counterBits: 64, startCounter: 2 ** 32 + 1000 });
    machine.phase(2000);
    expect(machine.stamp()).toBe(2 ** 32 + 2000);
    machine.phase(1000);
    expect(machine.stamp()).toBe(2 ** 33 + 1000);
    machine.phase(2 ** 34 + 5);
    expect(machine.stamp()).toBe(2 ** 34 + 5);
  });

  it("falls at many places inside the tick, the same for the same seed", () => {
    const placesOf = (seed: number) => {
      const { chip, machine } = machineOf({}, seed);
      return Array.from({ length: 40 }, (_, index) => {
        machine.phase(10 + index * 5);
        return (chip.clock.now - chip.hardware.cycleOf(chip.hardware.ticks())) % 10;
      });
    };
    expect(placesOf(3)).toEqual(placesOf(3));
    expect(new Set(placesOf(3)).size).toBeGreaterThan(5);
  });

  it("calls the second interrupt in its tick, once, and not when cancelled or replaced", () => {
    const { machine } = machineOf();
    const seen: string[] = [];
    machine.requestInterrupt(() => seen.push("replaced"), 5);
    machine.requestInterrupt(
      () => seen.push(`at ${machine.stamp()} level ${machine.contextLevel()}`),
      20,
    );
    machine.sleep(100);
    machine.requestInterrupt(() => seen.push("cancelled"), 5);
    machine.cancelInterrupt();
    machine.sleep(100);
    expect(seen).toEqual(["at 221 level 1"]);
  });

  it("costs a handful of events for a million idle ticks", () => {
    const { chip, machine } = machineOf({ counterBits: 24 });
    const before = chip.clock.eventsRun;
    machine.sleep(1_000_000);
    expect(chip.clock.eventsRun - before).toBeLessThanOrEqual(2);
  });
});
