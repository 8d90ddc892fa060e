import { createSimBoard } from "@escapement/board-sim";
import { type Program, program } from "@escapement/scenario";
import { describe, expect, it } from "vitest";
import { generateProgram, programSource } from "../../src/random/index.js";
import { profileNames } from "../laws/support.js";

/** Evaluates what was written: JavaScript, as the builder's syntax has no types in it. */
function built(source: string): Program {
  const evaluate = new Function("program", "unit", `return ${source};`);
  return evaluate(program, unitTicks) as Program;
}

const unitTicks = 20;

describe("a program in the builder's syntax", () => {
  it("builds the same program, for 500 random ones", () => {
    const boards = profileNames.map((profile) => createSimBoard({ profile }).describe());
    for (let seed = 1; seed <= 500; seed += 1) {
      const description = boards[seed % boards.length];
      if (description === undefined) throw new Error("no board");
      const random = generateProgram(seed, description);
      expect(built(programSource(random)), `seed ${seed}`).toEqual(random);
      expect(built(programSource(random, { unitTicks })), `seed ${seed}`).toEqual(random);
    }
  });

  it("leaves out what has its default, and breaks long lines", () => {
    const source = programSource(
      program(({ main, timer, interrupt, sweep, variable }) => {
        const t = timer({ mode: "periodic", period: 5_000, overrun: "skip" });
        const second = interrupt();
        t.handler.when(2).capture(2).startAt(t, { register: 2, delta: 5_000 }).stop(t);
        second.handler.read();
        main
          .start(t)
          .interrupt(second, variable(3))
          .repeat(2, (body) => body.sleep(5_000).read());
        main.sleep(25_000).mark(7);
        sweep({ from: 0, count: 3, step: 2 });
      }),
    );
    expect(source).toMatchInlineSnapshot(`
      "program(({ main, timer, interrupt, sweep, variable }) => {
        const ticks5000 = 5_000;
        const t0 = timer({ mode: "periodic", period: ticks5000, overrun: "skip" });
        const i0 = interrupt();
        t0.handler.when(2).capture(2).startAt(t0, { register: 2, delta: ticks5000 }).stop(t0);
        i0.handler.read();
        main
          .start(t0)
          .interrupt(i0, variable(3))
          .repeat(2, (body) => body.sleep(ticks5000).read())
          .sleep(25_000)
          .mark(7);
        sweep({ from: 0, count: 3, step: 2 });
      })"
    `);
    for (const line of source.split("\n")) expect(line.length).toBeLessThanOrEqual(100);
  });

  it("writes times as multiples of a unit, for a board of another speed", () => {
    const source = programSource(
      program(({ main, timer }) => {
        const t = timer({ mode: "one-shot", period: 41 });
        main.start(t).sleep(99).read();
      }),
      { unitTicks },
    );
    expect(source).toContain("period: 2 * unit + 1");
    expect(source).toContain("sleep(5 * unit - 1)");
  });
});
