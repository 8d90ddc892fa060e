import { encodeProgram, program, requestTypes } from "@escapement/scenario";
import { describe, expect, test } from "vitest";
import { openSerialBoard } from "../src/index.js";
import { bench, errorOf, smallProgram, sweptProgram } from "./bench.js";
import { toyTrace } from "./toy-board.js";

describe("a run", () => {
  test("gives the trace that the board recorded", async () => {
    const { open, clock, agent } = bench();
    const board = await open();
    const trace = await clock.settle(board.run(smallProgram));
    expect(trace).toEqual(toyTrace(smallProgram));
    expect(trace.records.length).toBeGreaterThan(5);
    expect(agent.begins).toBe(1);
    expect(clock.waiting).toBe(0);
  });

  test("collects a sweep over many steps, each iteration run once", async () => {
    const { open, clock, agent } = bench();
    const board = await open();
    const trace = await clock.settle(board.run(sweptProgram));
    expect(trace).toEqual(toyTrace(sweptProgram));
    expect(agent.iterationsRun).toBe(40);
    expect(agent.carriedOut[requestTypes.step]).toBeGreaterThan(2);
  });

  test("can be followed by another on the same board", async () => {
    const { open, clock, agent } = bench();
    const board = await open();
    await clock.settle(board.run(smallProgram));
    await clock.settle(board.reset());
    expect(await clock.settle(board.run(smallProgram))).toEqual(toyTrace(smallProgram));
    expect(agent.begins).toBe(2);
    expect(agent.hellos).toBe(1);
  });

  test("needs more than 255 requests, so that sequence numbers start over", async () => {
    const { open, clock, agent } = bench({ traceBytes: 60 });
    const board = await open();
    for (let run = 0; run < 5; run++) {
      expect(await clock.settle(board.run(sweptProgram))).toEqual(toyTrace(sweptProgram));
    }
    expect(agent.iterationsRun).toBe(200);
    expect(agent.carriedOut.reduce((sum, count) => sum + (count ?? 0), 0)).toBeGreaterThan(255);
  });
});

test("describe returns what the agent said, the same object each time", async () => {
  const board = await bench().open();
  expect(board.describe()).toBe(board.describe());
  expect(board.describe()).toEqual({
    name: "fake",
    counterBits: 16,
    frequencyHz: 2_000_000,
    timers: 8,
    maxProgramBytes: 512,
    maxTraceBytes: 256,
    capabilities: ["reference", "mask"],
    latencies: { lateTicks: 40, minDeltaTicks: 3, opTicks: 200 },
    maxDelayTicks: 0x7fff_ffff,
    reference: { frequencyHz: 1_000_000, modulusTicks: 2 ** 32 },
  });
  expect(board.session.agent.firmwareVersion).toBe("1.2.3");
});

describe("refused before a byte is sent", () => {
  test("program-too-large: more bytes than the board has room for", async () => {
    const size = encodeProgram(smallProgram).length;
    const { open, clock, agent } = bench({ programBytes: size - 1 });
    const board = await open();
    const error = await errorOf(clock.settle(board.run(smallProgram)));
    expect(error.code).toBe("program-too-large");
    expect(error.message).toContain(`${size} bytes`);
    expect(error.message).toContain(`takes ${size - 1}`);
    expect(agent.carriedOut).toEqual([]);
  });

  test("program-too-large: a program of exactly the size there is room for runs", async () => {
    const size = encodeProgram(smallProgram).length;
    const { open, clock } = bench({ programBytes: size });
    expect(await clock.settle((await open()).run(smallProgram))).toEqual(toyTrace(smallProgram));
  });

  test("program-too-large: more timers than the board has", async () => {
    const { open, clock, agent } = bench({ timers: 1 });
    const board = await open();
    const two = program(({ main, timer }) => {
      timer({ mode: "one-shot", period: 10 });
      timer({ mode: "one-shot", period: 10 });
      main.sleep(50);
    });
    const error = await errorOf(clock.settle(board.run(two)));
    expect(error.code).toBe("program-too-large");
    expect(error.message).toContain("2 timers");
    expect(agent.carriedOut).toEqual([]);
  });

  test("invalid-program: a program that breaks a rule", async () => {
    const { open, clock, agent } = bench();
    const board = await open();
    const wrong = { timers: [], interrupts: [], main: [{ op: "start", timer: 3 }] } as const;
    expect((await errorOf(clock.settle(board.run(wrong)))).code).toBe("invalid-program");
    expect(agent.carriedOut).toEqual([]);
  });

  test("busy: a second run before the first has ended; the first goes on", async () => {
    const { open, clock } = bench();
    const board = await open();
    const first = board.run(smallProgram);
    expect((await errorOf(board.run(smallProgram))).code).toBe("busy");
    expect((await errorOf(board.reset())).code).toBe("busy");
    expect(await clock.settle(first)).toEqual(toyTrace(smallProgram));
  });

  test("closed: everything after close, which may be called twice", async () => {
    const { open, clock } = bench();
    const board = await open();
    await clock.settle(board.close());
    await clock.settle(board.close());
    expect((await errorOf(board.run(smallProgram))).code).toBe("closed");
    expect((await errorOf(board.reset())).code).toBe("closed");
    expect(board.describe().name).toBe("fake");
  });
});

describe("what the agent refuses", () => {
  test("trace-too-large names the room there is; the next run works", async () => {
    const { open, clock } = bench({ traceBytes: 20 });
    const board = await open();
    const error = await errorOf(clock.settle(board.run(smallProgram)));
    expect(error.code).toBe("trace-too-large");
    expect(error.message).toContain("20 bytes");
    const tiny = program(({ main }) => main.mark(1));
    expect(await clock.settle(board.run(tiny))).toEqual(toyTrace(tiny));
  });

  test("malformed: a trace that is none", async () => {
    const { open, clock } = bench({ iterations: () => [Uint8Array.of(0x0f, 1, 2)] });
    const board = await open();
    expect((await errorOf(clock.settle(board.run(smallProgram)))).code).toBe("malformed");
  });

  test("link-unreliable: a trace of other iterations than the program has", async () => {
    const { open, clock } = bench({
      iterations: () => [Uint8Array.of(1, 0, 0), Uint8Array.of(1, 0, 1)],
    });
    const board = await open();
    expect((await errorOf(clock.settle(board.run(smallProgram)))).code).toBe("link-unreliable");
  });

  test("an agent that never comes to an end is given up", async () => {
    const endless = { length: 1, 0: Uint8Array.of(1, 0, 0), shift: () => {} };
    const { open, clock } = bench({ iterations: () => endless as unknown as Uint8Array[] });
    const board = await open();
    expect((await errorOf(clock.settle(board.run(smallProgram)))).code).toBe("malformed");
  });
});

describe("time", () => {
  test("a step of half a minute ends well while the agent gives signs of life", async () => {
    const { open, clock, agent } = bench({ stepMs: 9_000 });
    const board = await open();
    expect(await clock.settle(board.run(smallProgram))).toEqual(toyTrace(smallProgram));
    expect(board.session.counters.retries).toBe(0);
    expect(agent.iterationsRun).toBe(1);
  });

  test("signs of life that come slowly are enough, and the repetitions do no harm", async () => {
    const { open, clock, agent } = bench({ stepMs: 9_000, aliveMs: 2_000 });
    const board = await open();
    expect(await clock.settle(board.run(smallProgram))).toEqual(toyTrace(smallProgram));
    expect(board.session.counters.retries).toBeGreaterThan(0);
    expect(agent.iterationsRun).toBe(1);
  });

  test("timeout: a board that goes silent in a step, after about three seconds", async () => {
    const { open, clock, agent } = bench({ stepMs: 60_000 });
    const board = await open();
    const run = errorOf(board.run(smallProgram));
    await clock.pass(1_000);
    agent.isDead = true;
    const silentFrom = clock.now();
    const error = await clock.settle(run);
    expect(error.code).toBe("timeout");
    expect(error.message).toContain("the fake line");
    expect(clock.now() - silentFrom).toBeLessThanOrEqual(3_000);
  });

  test("timeout: the run's own timeoutMs counts", async () => {
    const { open, clock, agent } = bench();
    const board = await open();
    agent.isDead = true;
    const startedAt = clock.now();
    const error = await errorOf(clock.settle(board.run(smallProgram, { timeoutMs: 700 })));
    expect(error.code).toBe("timeout");
    expect(clock.now() - startedAt).toBe(700);
  });

  test("timeout: signs of life forever do not help a program that should have ended", async () => {
    const { open, clock } = bench({ stepMs: 3_600_000 });
    const board = await open();
    const error = await errorOf(clock.settle(board.run(smallProgram)));
    expect(error.code).toBe("timeout");
    expect(error.message).toContain("still runs");
    expect(clock.now()).toBeLessThan(60_000);
  });

  test("a board that was silent works again when it comes back", async () => {
    const { open, clock, agent } = bench();
    const board = await open();
    agent.isDead = true;
    expect((await errorOf(clock.settle(board.run(smallProgram)))).code).toBe("timeout");
    agent.isDead = false;
    expect(await clock.settle(board.run(smallProgram))).toEqual(toyTrace(smallProgram));
    expect(agent.hellos).toBe(2);
  });
});

describe("the signal", () => {
  test("aborted: before the run, with nothing sent", async () => {
    const { open, clock, agent } = bench();
    const board = await open();
    const signal = AbortSignal.abort("enough");
    const error = await errorOf(clock.settle(board.run(smallProgram, { signal })));
    expect(error.code).toBe("aborted");
    expect(error.cause).toBe("enough");
    expect(agent.carriedOut).toEqual([]);
  });

  test("aborted: in a step, at once; the board stays usable", async () => {
    const { open, clock } = bench({ stepMs: 4_000 });
    const board = await open();
    const controller = new AbortController();
    const run = errorOf(board.run(smallProgram, { signal: controller.signal }));
    await clock.pass(1_000);
    controller.abort();
    expect((await run).code).toBe("aborted");
    expect(clock.now()).toBe(1_000);
    expect(await clock.settle(board.run(smallProgram))).toEqual(toyTrace(smallProgram));
  });
});

describe("a line or a board that goes away", () => {
  test("disconnected: in a run, at once, with no timer left behind", async () => {
    const { open, clock, device } = bench({ stepMs: 4_000 });
    const board = await open();
    const run = errorOf(board.run(smallProgram));
    await clock.pass(1_000);
    device.unplug("the cable was pulled");
    const error = await run;
    expect(error.code).toBe("disconnected");
    expect(error.message).toContain("the cable was pulled");
    expect(error.message).toContain("the fake line");
    expect(clock.now()).toBe(1_000);
  });

  test("disconnected: again until reset, which opens the line again", async () => {
    const { open, clock, device } = bench();
    const board = await open();
    device.unplug("the cable was pulled");
    await clock.pass(0);
    expect(board.session.state).toBe("lost");
    for (let run = 0; run < 2; run++) {
      const error = await errorOf(clock.settle(board.run(smallProgram)));
      expect(error.code).toBe("disconnected");
      expect(error.message).toContain("the cable was pulled");
    }
    device.plug();
    await clock.settle(board.reset());
    expect(board.session.state).toBe("ready");
    expect(await clock.settle(board.run(smallProgram))).toEqual(toyTrace(smallProgram));
  });

  test("reset waits for a board that comes back late", async () => {
    const { open, clock, device } = bench();
    const board = await open();
    device.unplug();
    await clock.pass(0);
    clock.setTimer(() => device.plug(), 2_500);
    await clock.settle(board.reset());
    expect(board.session.state).toBe("ready");
  });

  test("port-not-found: reset gives up a board that does not come back", async () => {
    const { open, clock, device } = bench();
    const board = await open();
    device.unplug();
    await clock.pass(0);
    const startedAt = clock.now();
    expect((await errorOf(clock.settle(board.reset()))).code).toBe("port-not-found");
    expect(clock.now() - startedAt).toBeLessThanOrEqual(5_000);
  });

  test("closed: close during a run ends it", async () => {
    const { open, clock } = bench({ stepMs: 4_000 });
    const board = await open();
    const run = errorOf(board.run(smallProgram));
    await clock.pass(1_000);
    await clock.settle(board.close());
    expect((await run).code).toBe("closed");
  });

  test("board-reset: a board that restarts between two requests; the next run works", async () => {
    const { open, clock, agent } = bench();
    const board = await open();
    agent.restart();
    const error = await errorOf(clock.settle(board.run(smallProgram)));
    expect(error.code).toBe("board-reset");
    expect(agent.begins).toBe(0);
    expect(await clock.settle(board.run(smallProgram))).toEqual(toyTrace(smallProgram));
  });

  test("board-reset: a board that restarts in a step", async () => {
    const { open, clock, agent } = bench({ stepMs: 4_000 });
    const board = await open();
    const run = errorOf(board.run(smallProgram));
    await clock.pass(1_000);
    agent.restart();
    expect((await clock.settle(run)).code).toBe("board-reset");
  });

  test("reset takes a board that restarted by itself as it is", async () => {
    const { open, clock, agent } = bench();
    const board = await open();
    agent.restart();
    await clock.settle(board.reset());
    expect(agent.hellos).toBe(2);
    expect(await clock.settle(board.run(smallProgram))).toEqual(toyTrace(smallProgram));
  });
});

test("a failed opening leaves the line closed", async () => {
  const { host, device, clock, agent, sessionOptions } = bench();
  agent.isDead = true;
  const error = await errorOf(
    clock.settle(openSerialBoard({ transport: host, ...sessionOptions })),
  );
  expect(error.code).toBe("no-reply");
  expect(device.isOpen).toBe(false);
  expect(clock.waiting).toBe(0);
});
