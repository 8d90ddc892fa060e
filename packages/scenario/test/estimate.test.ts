import { describe, expect, it } from "vitest";
import {
  type BoardDescription,
  estimateTicks,
  type ProgramTools,
  program,
  runProgram,
} from "../src/index.js";
import { FakeWorld } from "./fake-world.js";

const board: BoardDescription = {
  name: "fake",
  counterBits: 16,
  frequencyHz: 1_000_000,
  capabilities: [],
  timers: 8,
  maxDelayTicks: 2 ** 31,
  latencies: { lateTicks: 5, minDeltaTicks: 1, opTicks: 10 },
};

const estimate = (build: (tools: ProgramTools) => void) => estimateTicks(program(build), board);

describe("estimateTicks", () => {
  it("adds up waits, laps and operations", () => {
    expect(estimate(({ main }) => main.sleep(1_000).spin(50))).toBe(20 + 1_010 + 60);
    expect(estimate(({ main }) => main.phase(5))).toBe(20 + 10 + 65_536);
    expect(estimate(({ main }) => main.readMany(100))).toBe(20 + 1_010);
    expect(estimate(({ main }) => main.repeat(10, (body) => body.sleep(90).read()))).toBe(
      20 + 10 * (10 + 100 + 10),
    );
  });

  it("takes the variable at its largest in every iteration", () => {
    const ticks = estimate(({ main, sweep, variable }) => {
      sweep({ from: 100, count: 5, step: 50 });
      main.sleep(variable(7));
    });
    expect(ticks).toBe(5 * (20 + 10 + 307));
  });

  it("counts an interrupt's list, once even where it requests itself", () => {
    const ticks = estimate(({ main, interrupt }) => {
      const irq = interrupt();
      irq.handler.spin(40).interrupt(irq, 5);
      main.interrupt(irq, 5);
    });
    expect(ticks).toBe(20 + 10 + 50 + 10);
  });

  it("at most doubles for handlers that take the whole processor", () => {
    const build =
      (spin: number) =>
      ({ main, timer }: ProgramTools) => {
        const t = timer({ mode: "periodic", period: 100 });
        t.handler.spin(spin);
        main.start(t).sleep(10_000);
      };
    const idle = estimate(build(0));
    const full = estimate(build(100_000));
    expect(idle).toBeGreaterThan(10_000);
    expect(full).toBeLessThan(2 * (10_000 + 100_000 + 100));
  });

  it("is above what a run takes", () => {
    const world = new FakeWorld();
    const busy = program(({ main, timer, sweep, variable }) => {
      sweep({ from: 3, count: 20, step: 11 });
      const t = timer({ mode: "periodic", period: 100 });
      t.handler.spin(20).read();
      main.start(t).sleep(variable(500)).readMany(30).phase(77).stop(t).phase(5);
    });
    const start = world.time;
    runProgram({ program: busy, ...world });
    expect(world.time - start).toBeLessThan(estimateTicks(busy, board));
  });
});
