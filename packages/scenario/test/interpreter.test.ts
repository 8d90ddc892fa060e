import { describe, expect, it } from "vitest";
import {
  BoardError,
  iterations,
  opSchemas,
  type Program,
  type ProgramTools,
  program,
  runProgram,
  type Trace,
  traceView,
} from "../src/index.js";
import { CodedError, FakeWorld } from "./fake-world.js";

function run(build: (tools: ProgramTools) => void, world = new FakeWorld()): Trace {
  return runProgram({ program: program(build), ...world });
}

function errorOf(action: () => unknown): unknown {
  try {
    action();
  } catch (error) {
    return error;
  }
  return undefined;
}

describe("an iteration", () => {
  it("starts with its record and sets timers up without any", () => {
    const { records } = run(({ timer }) => {
      timer({ mode: "periodic", period: 10 });
    });
    expect(records).toEqual([{ kind: "iteration", value: 0, at: 1_000 }]);
  });

  it("records a refused set-up, after which the timer's operations find a stale handle", () => {
    const view = traceView(
      run(({ main, timer }) => {
        const t = timer({ mode: "periodic", period: 0 });
        main.start(t).pending(t).count(t);
      }),
    );
    expect(view.results("init", 0)).toEqual(["invalid-argument"]);
    expect(view.results("start")).toEqual(["stale-handle"]);
    expect(view.results("pending")).toEqual(["stale-handle"]);
    expect(view.values("count")).toEqual([0]);
  });

  it("runs once for each value of the sweep, from a clean slate each time", () => {
    const world = new FakeWorld();
    const trace = run(({ main, timer, sweep, variable }) => {
      sweep({ from: 5, count: 3, step: 10 });
      const t = timer({ mode: "periodic", period: variable(1) });
      main.remaining(t).count(t).start(t).remaining(t).sleep(variable(1)).count(t);
      main.mask();
    }, world);
    const views = iterations(trace);
    expect(views.map((view) => view.value)).toEqual([5, 15, 25]);
    for (const view of views) {
      expect(view.values("remaining")).toEqual([0, view.value + 1]);
      expect(view.values("count")).toEqual([0, 1]);
    }
    expect(world.masked).toBe(0);
    expect(world.timers.every((timer) => timer.released)).toBe(true);
  });

  it("leaves neither a second interrupt nor a queued soft callback to the next", () => {
    const trace = run(({ main, timer, interrupt, sweep }) => {
      sweep({ from: 0, count: 2, step: 0 });
      const t = timer({ mode: "one-shot", period: 5, dispatch: "soft" });
      const irq = interrupt();
      irq.handler.mark(9);
      main.service().sleep(60).start(t).sleep(10).interrupt(irq, 50);
    });
    const view = traceView(trace);
    expect(view.values("service")).toEqual([0, 0]);
    expect(view.interrupts()).toEqual([]);
    expect(view.expiries()).toEqual([]);
  });

  it("records a failing clean-up as an error", () => {
    const world = new FakeWorld();
    world.driver.deinitAll = () => {
      throw new Error("broken");
    };
    const codes = traceView(run(({ main }) => main.read(), world)).errors();
    expect(codes.map((error) => error.code)).toEqual(["driver-fault"]);
  });
});

describe("operations", () => {
  it("record call and return times, result and value", () => {
    const { records } = run(({ main, timer }) => {
      const t = timer({ mode: "one-shot", period: 100 });
      main.start(t).spin(30).remaining(t);
    });
    const common = { kind: "call", context: 0 };
    expect(records.slice(1)).toEqual([
      { ...common, op: "start", subject: 0, result: "armed", value: 0, at: 1_000, until: 1_000 },
      { ...common, op: "spin", subject: 0, result: "ok", value: 0, at: 1_000, until: 1_030 },
      { ...common, op: "remaining", subject: 0, result: "ok", value: 70, at: 1_030, until: 1_030 },
    ]);
  });

  it("read between two readings of the reference clock", () => {
    const view = traceView(run(({ main }) => main.read().capture(3)));
    expect(view.reads().map(({ value, reference }) => ({ value, reference }))).toEqual([
      { value: 1_000, reference: { call: 2_000, return: 2_002 } },
      { value: 1_001, reference: { call: 2_002, return: 2_004 } },
    ]);
  });

  it("start at a register's time, less and more", () => {
    const view = traceView(
      run(({ main, timer }) => {
        const t = timer({ mode: "one-shot", period: 1 });
        main.capture(2).spin(500).startAt(t, { register: 2, back: 10, delta: 700 }).sleep(1_000);
        main.startAt(t, { register: 2, delta: 5 });
      }),
    );
    expect(view.results("startAt")).toEqual(["armed", "late"]);
    expect(view.expiries().map((each) => each.scheduled)).toEqual([1_690]);
  });

  it("count backward steps of readMany", () => {
    const world = new FakeWorld();
    const times = [5, 6, 4, 9, 9, 8];
    world.driver.now = () => times.shift() ?? 0;
    expect(traceView(run(({ main }) => main.readMany(6), world)).values("readMany")).toEqual([2]);
  });

  it("mask, nest and restore what was found", () => {
    const view = traceView(
      run(({ main }) =>
        main.enabled().mask().mask().restore().enabled().restore().enabled().restore(),
      ),
    );
    expect(view.values("enabled")).toEqual([1, 0, 1]);
    expect(view.results("restore")).toEqual(["ok", "ok", "invalid-argument"]);
  });

  it("phase only with nothing active and nothing masked", () => {
    const view = traceView(
      run(({ main, timer }) => {
        const t = timer({ mode: "one-shot", period: 100 });
        main.start(t).phase(500).stop(t).mask().phase(500).restore().phase(500).read();
      }),
    );
    expect(view.results("phase")).toEqual(["invalid-argument", "invalid-argument", "ok"]);
    expect(view.reads()[0]?.value).toBe(65_536 + 500);
  });

  it("init makes a released timer again, and sets up a live one", () => {
    const world = new FakeWorld();
    const view = traceView(
      run(({ main, timer }) => {
        const t = timer({ mode: "one-shot", period: 100 });
        main.init(t).deinit(t).start(t).init(t).start(t).deinitAll().stop(t).init(t).stop(t);
      }, world),
    );
    expect(view.results("start")).toEqual(["stale-handle", "armed"]);
    expect(view.results("stop")).toEqual(["stale-handle", "idle"]);
    expect(world.timers).toHaveLength(3);
  });

  it("init releases and creates where the driver has no init", () => {
    const world = new FakeWorld();
    delete world.driver.init;
    run(({ main, timer }) => main.init(timer({ mode: "one-shot", period: 100 })), world);
    expect(world.timers.map((timer) => timer.released)).toEqual([true, true]);
  });

  it("are refused as not-supported where the member is missing", () => {
    const world = new FakeWorld();
    const { capacity, maxDelayTicks, now, create, start, stop, deinit, active, deinitAll } =
      world.driver;
    const { stamp, contextLevel, spin, sleep } = world.machine;
    const trace = runProgram({
      program: program(({ main, timer, interrupt }) => {
        const t = timer({ mode: "one-shot", period: 100 });
        const irq = interrupt();
        main.startAt(t, { delta: 5 }).stopSync(t, 5).shutdown(t).setPeriod(t, 5).remaining(t);
        main.overruns(t).spawn(t).mask().restore().enabled().phase(7).interrupt(irq, 5);
        main.service().collect().stats().read().stop(t);
      }),
      driver: { capacity, maxDelayTicks, now, create, start, stop, deinit, active, deinitAll },
      machine: { stamp, contextLevel, spin, sleep },
    });
    const calls = traceView(trace).calls();
    const refused = calls.filter((call) => call.result === "not-supported").map(({ op }) => op);
    const optional = opSchemas.filter(({ needs }) => needs !== undefined).map(({ op }) => op);
    // `throw` does not depend on a member; a test of its own is below.
    expect([...refused, "throw"].toSorted()).toEqual(optional.toSorted());
    expect(calls).toHaveLength(16);
    expect(calls.at(-1)).toMatchObject({ op: "stop", result: "idle" });
    expect(traceView(trace).reads()[0]).not.toHaveProperty("reference");
  });

  it("take refusals from a thrown code, and anything else as driver-fault", () => {
    const world = new FakeWorld();
    const thrown: unknown[] = [new CodedError("timer-shut-down"), new CodedError("EPERM"), "no"];
    world.driver.start = () => {
      throw thrown.shift();
    };
    const view = traceView(
      run(({ main, timer }) => {
        const t = timer({ mode: "one-shot", period: 100 });
        main.start(t).start(t).start(t);
      }, world),
    );
    expect(view.results("start")).toEqual(["timer-shut-down", "driver-fault", "driver-fault"]);
  });
});

describe("handlers", () => {
  it("record entry, operations and exit at their level", () => {
    const view = traceView(
      run(({ main, timer }) => {
        const t = timer({ mode: "periodic", period: 500 });
        t.handler.stop(t);
        main.start(t).sleep(5_000);
      }),
    );
    expect(view.records.map((record) => record.kind)).toEqual([
      "iteration",
      "call",
      "expiry",
      "call",
      "exit",
      "call",
    ]);
    expect(view.expiries(0)[0]).toMatchObject({ context: 1, at: 1_500, scheduled: 1_500 });
    expect(view.results("stop")).toEqual(["in-flight"]);
  });

  it("without a list leave no exit, and quiet ones leave nothing but their count", () => {
    const view = traceView(
      run(({ main, timer }) => {
        const loud = timer({ mode: "periodic", period: 100 });
        const quiet = timer({ mode: "periodic", period: 40, quiet: true });
        quiet.handler.spin(1);
        main.start(loud).start(quiet).sleep(210).count(loud).count(quiet);
      }),
    );
    expect(view.expiries(0)).toHaveLength(2);
    expect(view.expiries(1)).toEqual([]);
    expect(view.exits()).toEqual([]);
    expect(view.values("count")).toEqual([2, 5]);
  });

  it("go on past `when` at that entry only", () => {
    const view = traceView(
      run(({ main, timer }) => {
        const t = timer({ mode: "periodic", period: 100 });
        t.handler.mark(1).when(3).stop(t);
        main.start(t).sleep(1_000);
      }),
    );
    expect(view.expiries()).toHaveLength(3);
    expect(view.marks(1)).toHaveLength(3);
    expect(view.results("stop")).toEqual(["in-flight"]);
  });

  it("that throw are reported by the hook, record no exit, and others still run", () => {
    const view = traceView(
      run(({ main, timer }) => {
        const bad = timer({ mode: "one-shot", period: 100 });
        const good = timer({ mode: "one-shot", period: 100 });
        bad.handler.throw();
        good.handler.mark(4);
        main.start(bad).start(good).sleep(200);
      }),
    );
    expect(view.errors().map((error) => error.code)).toEqual(["callback-threw"]);
    expect(view.exits().map((exit) => exit.timer)).toEqual([1]);
    expect(view.marks(4)).toHaveLength(1);
  });

  it("do not throw where exceptions are said to be missing", () => {
    const world = new FakeWorld();
    const trace = runProgram({
      program: program(({ main, timer }) => {
        const t = timer({ mode: "one-shot", period: 100 });
        t.handler.throw();
        main.start(t).sleep(200);
      }),
      ...world,
      exceptions: false,
    });
    expect(traceView(trace).results("throw")).toEqual(["not-supported"]);
  });

  it("keep a refusal to themselves: it is recorded and the list goes on", () => {
    const view = traceView(
      run(({ main, timer }) => {
        const t = timer({ mode: "one-shot", period: 100 });
        t.handler.deinit(t).start(t).mark(1);
        main.start(t).sleep(200);
      }),
    );
    expect(view.results("start")).toEqual(["armed", "stale-handle"]);
    expect(view.marks(1)).toHaveLength(1);
    expect(view.errors()).toEqual([]);
  });

  it("have masks that they leave taken back, and cannot take back those below them", () => {
    const view = traceView(
      run(({ main, timer, interrupt }) => {
        const t = timer({ mode: "one-shot", period: 100 });
        const irq = interrupt();
        irq.handler.restore().mask();
        t.handler.interrupt(irq, 0).mask().restore().enabled();
        main.start(t).sleep(200).enabled();
      }),
    );
    expect(view.interrupts()[0]).toMatchObject({ interrupt: 0, context: 2 });
    expect(view.results("restore")).toEqual(["invalid-argument", "ok"]);
    expect(view.values("enabled")).toEqual([1, 1]);
  });

  it("of anonymous timers count under their spec's number, one-shot whatever it says", () => {
    const view = traceView(
      run(({ main, timer }) => {
        const t = timer({ mode: "periodic", period: 100 });
        main.spawn(t).spawn(t).sleep(1_000).count(t);
      }),
    );
    expect(view.results("spawn", 0)).toEqual(["armed", "armed"]);
    expect(view.expiries(0)).toHaveLength(2);
    expect(view.values("count")).toEqual([2]);
  });

  it("run in thread context where dispatch is soft", () => {
    const view = traceView(
      run(({ main, timer }) => {
        const t = timer({ mode: "one-shot", period: 10, dispatch: "soft" });
        main.start(t).sleep(50).service();
      }),
    );
    expect(view.expiries()[0]).toMatchObject({ context: 0, at: 1_050, scheduled: 1_010 });
    expect(view.values("service")).toEqual([1]);
  });
});

describe("repeat", () => {
  it("records expiries, refusals and errors only, in handlers too", () => {
    const view = traceView(
      run(({ main, timer, variable, sweep }) => {
        sweep({ from: 3, count: 1, step: 0 });
        const t = timer({ mode: "one-shot", period: 5 });
        t.handler.mark(1).throw();
        main.repeat(variable(), (body) => body.spawn(t).sleep(10).read().stop(t).restore().mark(2));
        main.mark(3);
      }),
    );
    const once = ["expiry", "error", "call"];
    expect(view.records.map((record) => record.kind)).toEqual([
      "iteration",
      ...once,
      ...once,
      ...once,
      "mark",
    ]);
    expect(view.results("restore")).toEqual(Array(3).fill("invalid-argument"));
  });

  it("keeps what a capture in it read", () => {
    const view = traceView(
      run(({ main, timer }) => {
        const t = timer({ mode: "one-shot", period: 5 });
        main
          .repeat(2, (body) => body.capture(1))
          .startAt(t, { register: 1, delta: 100 })
          .sleep(200);
      }),
    );
    expect(view.expiries()[0]?.scheduled).toBe(1_101);
  });
});

describe("a program that never ends", () => {
  const faultOf = (build: (tools: ProgramTools) => void) => {
    const world = new FakeWorld();
    return errorOf(() => runProgram({ program: program(build), ...world, stepLimit: 1_000 }));
  };

  it("is given up when it repeats for too long", () => {
    const error = faultOf(({ main }) => main.repeat(1e12, (body) => body.read()));
    expect(error).toMatchObject({ code: "board-fault", name: "BoardError" });
    expect(String(error)).toContain("more than 1000 operations in iteration 0");
  });

  it("is given up when its handler lives on without time passing", () => {
    const error = faultOf(({ main, timer }) => {
      const t = timer({ mode: "one-shot", period: 5 });
      t.handler.startAt(t, { delta: 0 });
      main.start(t).sleep(100);
    });
    expect(error).toMatchObject({ code: "board-fault" });
  });

  it("is the driver's doing when the expiries never let a call return", () => {
    const world = new FakeWorld();
    world.driver.stop = (timer) => {
      for (;;) timer.onExpiry(0);
    };
    const endless = program(({ main, timer }) => {
      const t = timer({ mode: "one-shot", period: 50, quiet: true });
      t.handler.mark(1);
      main.start(t).stop(t).read();
    });
    const error = errorOf(() => runProgram({ program: endless, ...world, stepLimit: 1_000 }));
    expect(error).toMatchObject({ code: "never-ends" });
    expect(String(error)).toContain("stop(0) did not return: the expiries never end");
  });

  it.each([
    ["goes on long after it should have ended", 2 ** 22, "never-ends"],
    ["has far more of them than periods", 10, "never-ends"],
    ["is as long as the program says", 50, "board-fault"],
  ])("of expiries in a sleep that %s", (_, stepTicks, code) => {
    const world = new FakeWorld();
    world.machine.sleep = () => {
      for (;;) {
        world.time += stepTicks;
        world.timers[0]?.onExpiry(world.time);
      }
    };
    const endless = program(({ main, timer }) => {
      const t = timer({ mode: "periodic", period: 50, quiet: true });
      t.handler.mark(1);
      main.start(t).sleep(20_000);
    });
    const error = errorOf(() => runProgram({ program: endless, ...world, stepLimit: 1_000 }));
    expect(error).toMatchObject({ code });
  });

  it("is the program's doing where it sets a period as short as its timer's entries are close", () => {
    const world = new FakeWorld();
    world.machine.sleep = () => {
      for (;;) {
        world.time += 10;
        world.timers[0]?.onExpiry(world.time);
      }
    };
    const endless = program(({ main, timer }) => {
      const t = timer({ mode: "periodic", period: 50, quiet: true });
      t.handler.mark(1);
      main.start(t).repeat(1, (list) => list.setPeriod(t, 10).sleep(20_000));
    });
    const error = errorOf(() => runProgram({ program: endless, ...world, stepLimit: 1_000 }));
    expect(error).toMatchObject({ code: "board-fault" });
  });

  it("is given up when it reads for too long", () => {
    expect(faultOf(({ main }) => main.readMany(1e12))).toMatchObject({ code: "board-fault" });
  });
});

describe("infrastructure", () => {
  it("rejects an invalid program before anything runs", () => {
    const world = new FakeWorld();
    const bad: Program = { timers: [], interrupts: [], main: [{ op: "start", timer: 0 }] };
    const error = errorOf(() => runProgram({ program: bad, ...world }));
    expect(error).toMatchObject({ code: "invalid-program" });
    expect(world.time).toBe(1_000);
  });

  it("passes a board's own fault through, even from inside a handler", () => {
    const world = new FakeWorld();
    const fault = new BoardError("board-fault", "the model broke", "none");
    world.driver.stop = () => {
      throw fault;
    };
    const caught = errorOf(() =>
      run(({ main, timer }) => {
        const t = timer({ mode: "one-shot", period: 5 });
        t.handler.stop(t);
        main.start(t).sleep(100).read();
      }, world),
    );
    expect(caught).toBe(fault);
  });

  it("turns a failure of the machine itself into a board fault", () => {
    const world = new FakeWorld();
    const { machine } = world;
    machine.stamp = () => {
      throw new Error("no clock");
    };
    expect(errorOf(() => run(({ main }) => main.read(), world))).toMatchObject({
      code: "board-fault",
      message: "the machine failed: no clock",
    });
  });
});
