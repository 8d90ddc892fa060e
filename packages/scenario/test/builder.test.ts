import { describe, expect, it } from "vitest";
import { BoardError, opSchemas, program } from "../src/index.js";

describe("program", () => {
  it("gives timers their defaults and their numbers", () => {
    const built = program(({ timer, main }) => {
      timer({ mode: "one-shot", period: 5 });
      main.start(timer({ mode: "periodic", period: 7, dispatch: "soft", quiet: true }));
    });
    expect(built).toEqual({
      timers: [
        {
          mode: "one-shot",
          period: 5,
          dispatch: "hard",
          overrun: "coalesce",
          late: "fire",
          quiet: false,
          handler: [],
        },
        {
          mode: "periodic",
          period: 7,
          dispatch: "soft",
          overrun: "coalesce",
          late: "fire",
          quiet: true,
          handler: [],
        },
      ],
      interrupts: [],
      main: [{ op: "start", timer: 1 }],
    });
  });

  it("has a method for every operation", () => {
    const built = program(({ main, timer, interrupt, sweep, variable }) => {
      sweep({ from: 1, count: 2, step: 3 });
      const t = timer({ mode: "periodic", period: variable() });
      const irq = interrupt();
      irq.handler.stop(t);
      t.handler.when(2).throw();
      main.init(t).start(t).startAt(t, { delta: 9 }).stop(t).stopSync(t, 4).shutdown(t).deinit(t);
      main.setPeriod(t, 5).remaining(t).pending(t).overruns(t).count(t).spawn(t);
      main.read().capture().readMany(3).mask().restore().enabled().spin(1).sleep(2).phase(3);
      main.interrupt(irq, variable(4)).service().collect().deinitAll().mark(5).stats();
      main.repeat(6, (body) => body.sleep(7).phase(8).read());
    });
    const used = [...built.main, ...(built.timers[0]?.handler ?? [])].map(({ op }) => op);
    expect(used.toSorted()).toEqual(opSchemas.map(({ op }) => op).toSorted());
    expect(built.main).toContainEqual({ op: "startAt", timer: 0, register: 0, back: 0, delta: 9 });
    expect(built.main).toContainEqual({ op: "capture", register: 0 });
    expect(built.main).toContainEqual({
      op: "interrupt",
      interrupt: 0,
      delay: { variable: true, offset: 4 },
    });
    expect(built.main).toContainEqual({
      op: "repeat",
      count: 6,
      body: [{ op: "sleep", ticks: 7 }, { op: "phase", counter: 8 }, { op: "read" }],
    });
    expect(built.sweep).toEqual({ from: 1, count: 2, step: 3 });
    expect(built.interrupts).toEqual([[{ op: "stop", timer: 0 }]]);
  });

  it("refuses what breaks a rule of the format", () => {
    const build = () => program(({ main }) => main.sleep(-1));
    expect(build).toThrow(BoardError);
    expect(build).toThrow("main[0].sleep.ticks is -1");
  });
});
