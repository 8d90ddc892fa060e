import { describe, expect, it } from "vitest";
import {
  type Capability,
  type CreateBoardOptions,
  capabilityBits,
  createBoard,
  hasCapability,
  program,
  type Trace,
} from "../src/index.js";
import { CodedError, type FakeTimer, FakeWorld } from "./fake-world.js";

const basics = {
  name: "fake",
  counterBits: 16,
  frequencyHz: 1_000_000,
  latencies: { lateTicks: 5, minDeltaTicks: 1, opTicks: 2 },
} as const;

function make(options: Partial<CreateBoardOptions<FakeTimer>> = {}) {
  return createBoard<FakeTimer>({ ...basics, boot: () => new FakeWorld(), ...options });
}

const waits = program(({ main }) => main.sleep(10).read());
const sweeps = program(({ main, sweep }) => {
  sweep({ from: 0, count: 50, step: 1 });
  main.read();
});
const endless = program(({ main }) => main.repeat(1e9, (body) => body.read()));

describe("describe", () => {
  it("names all that the driver and the machine can do, in the order of the wire", () => {
    const board = make({
      nesting: true,
      fastForward: true,
      reference: { frequencyHz: 2_000_000, modulusTicks: 64_256 },
    });
    expect(board.describe()).toEqual({
      ...basics,
      timers: 8,
      maxDelayTicks: 2 ** 31 - 1,
      capabilities: Object.keys(capabilityBits),
      reference: { frequencyHz: 2_000_000, modulusTicks: 64_256 },
    });
    expect(board.describe()).toBe(board.describe());
  });

  const losses: readonly (readonly [Capability, (world: FakeWorld) => void])[] = [
    ["phase", ({ machine }) => delete machine.phase],
    ["mask", ({ machine }) => delete machine.restore],
    ["second-interrupt", ({ machine }) => delete machine.requestInterrupt],
    ["soft", ({ driver }) => delete driver.service],
    ["start-at", ({ driver }) => delete driver.startAt],
    ["overrun-policy", ({ driver }) => delete driver.overruns],
    ["set-period", ({ driver }) => delete driver.setPeriod],
    ["shutdown", ({ driver }) => delete driver.shutdown],
    ["stop-sync", ({ driver }) => delete driver.stopSync],
    ["spawn", ({ driver }) => delete driver.collect],
    ["stats", ({ driver }) => delete driver.stats],
    ["remaining", ({ driver }) => delete driver.remaining],
    ["generations", ({ driver }) => Object.assign(driver, { generations: false })],
  ];

  it.each(losses)("lacks %s where its members are missing", (capability, lose) => {
    const boot = () => {
      const world = new FakeWorld();
      lose(world);
      return world;
    };
    const all = make().describe().capabilities;
    expect(make({ boot }).describe().capabilities).toEqual(
      all.filter((each) => each !== capability),
    );
  });

  describe("what the driver leaves open is tried out", () => {
    /** A world whose driver refuses the timers that this says. */
    const refusing = (refuses: (mode: string) => boolean) => () => {
      const world = new FakeWorld();
      const create = world.driver.create;
      world.driver.create = (spec, onExpiry) => {
        if (refuses(spec.mode)) throw new CodedError("invalid-argument");
        return create(spec, onExpiry);
      };
      return world;
    };

    it("lacks periodic where one-shots alone can be made, and leaves no timer", () => {
      const boot = refusing((mode) => mode === "periodic");
      expect(make({ boot }).describe().lacks).toEqual(["periodic"]);
      expect(hasCapability(make({ boot }).describe(), "periodic")).toBe(false);
      const world = new FakeWorld();
      const all = make({ boot: () => world }).describe();
      expect(all.lacks).toBeUndefined();
      expect(hasCapability(all, "periodic")).toBe(true);
      expect(world.timers.map((timer) => timer.released)).toEqual([true]);
    });

    it("has periodic where no timer at all can be made: that is a fault, not a lack", () => {
      const boot = refusing(() => true);
      expect(make({ boot }).describe().lacks).toBeUndefined();
    });

    it("lacks what the driver says that it lacks, and nothing is tried then", () => {
      const world = new FakeWorld();
      Object.assign(world.driver, { periodic: false });
      const { lacks } = make({ boot: () => world }).describe();
      expect(lacks).toEqual(["periodic"]);
    });

    it("states what its driver states, and is refused where that cannot be", () => {
      const world = new FakeWorld();
      const semantics = { equalDeadlines: { is: "lifo", source: "its list" } } as const;
      Object.assign(world.driver, { semantics });
      expect(make({ boot: () => world }).describe().semantics).toEqual(semantics);
      Object.assign(world.driver, { semantics: { equalDeadlines: { is: "lifo" } } });
      expect(() => make({ boot: () => world })).toThrow(
        expect.objectContaining({ code: "invalid-description" }),
      );
    });

    it("has whole ticks where code takes no time, and not where it takes some", () => {
      expect(make().describe().wholeTicks).toBeUndefined();
      const still = () => {
        const world = new FakeWorld();
        world.driver.now = () => world.time;
        return world;
      };
      expect(make({ boot: still }).describe().wholeTicks).toBe(true);
      const stated = () => {
        const world = still();
        return { driver: world.driver, machine: { ...world.machine, wholeTicks: false } };
      };
      expect(make({ boot: stated }).describe().wholeTicks).toBeUndefined();
    });
  });

  it("lacks what the options do not promise", () => {
    const { capabilities } = make({ exceptions: false }).describe();
    for (const capability of ["reference", "nesting", "fast-forward", "exceptions"] as const) {
      expect(capabilities).not.toContain(capability);
    }
  });
});

describe("run", () => {
  it("runs a program after the other on the same world", async () => {
    const traces: Trace[] = [];
    const board = make({ afterRun: (trace) => traces.push(trace) });
    const first = await board.run(waits);
    const second = await board.run(waits);
    expect(first.records[0]?.at).toBe(1_000);
    expect(second.records[0]?.at).toBeGreaterThan(1_000);
    expect(traces).toEqual([first, second]);
  });

  it("gives the same trace after every reset", async () => {
    const board = make();
    const first = await board.run(sweeps);
    await board.reset();
    expect(await board.run(sweeps)).toEqual(first);
  });

  it("rejects an invalid program, and one with more timers than the driver has", async () => {
    const board = make();
    const bad = { timers: [], interrupts: [], main: [{ op: "start", timer: 0 }] } as const;
    await expect(board.run(bad)).rejects.toMatchObject({ code: "invalid-program" });
    const large = program(({ timer }) => {
      for (let count = 0; count < 9; count++) timer({ mode: "one-shot", period: 1 });
    });
    await expect(board.run(large)).rejects.toMatchObject({
      code: "program-too-large",
      message: "the program uses 9 timers, fake has 8",
    });
    expect((await board.run(waits)).records).toHaveLength(3);
  });

  it("rejects a second run, a reset in a run, and everything after close", async () => {
    let closes = 0;
    const board = make({
      close: () => {
        closes += 1;
      },
    });
    const first = board.run(sweeps);
    await expect(board.run(waits)).rejects.toMatchObject({ code: "busy" });
    await expect(board.reset()).rejects.toMatchObject({ code: "busy" });
    expect((await first).records).toHaveLength(100);
    await board.close();
    await board.close();
    expect(closes).toBe(1);
    await expect(board.run(waits)).rejects.toMatchObject({ code: "closed" });
    await expect(board.reset()).rejects.toMatchObject({ code: "closed" });
  });

  it("ends with `closed` when the board is closed under it", async () => {
    const board = make();
    const running = board.run(sweeps);
    await board.close();
    await expect(running).rejects.toMatchObject({ code: "closed" });
  });

  it("ends between iterations when its signal says so, and the board goes on", async () => {
    const board = make();
    const controller = new AbortController();
    const running = board.run(sweeps, { signal: controller.signal });
    controller.abort(new Error("enough"));
    await expect(running).rejects.toMatchObject({
      code: "aborted",
      cause: expect.objectContaining({ message: "enough" }),
    });
    expect((await board.run(waits)).records).toHaveLength(3);
  });

  it("does not begin when its signal was given before", async () => {
    const world = new FakeWorld();
    const signal = AbortSignal.abort();
    await expect(make({ boot: () => world }).run(waits, { signal })).rejects.toMatchObject({
      code: "aborted",
    });
    expect(world.time).toBe(1_000);
  });

  it("boots again after a fault", async () => {
    let boots = 0;
    const boot = () => {
      boots += 1;
      return new FakeWorld();
    };
    const board = make({ boot, stepLimit: 500 });
    await expect(board.run(endless)).rejects.toMatchObject({ code: "board-fault" });
    expect((await board.run(waits)).records[0]?.at).toBe(1_000);
    expect(boots).toBe(2);
  });

  it("reports an iteration that took longer than it was given", async () => {
    // Any iteration takes longer than a negative time, so no clock decides the outcome.
    await expect(make().run(waits, { timeoutMs: -1 })).rejects.toMatchObject({ code: "timeout" });
  });
});
