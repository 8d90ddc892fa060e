import { describe, expect, it } from "vitest";
import { iterations, program, runProgram, traceView } from "../src/index.js";
import { FakeWorld } from "./fake-world.js";

const trace = runProgram({
  program: program(({ main, timer, interrupt, sweep }) => {
    sweep({ from: 10, count: 2, step: 5 });
    const a = timer({ mode: "periodic", period: 100 });
    const b = timer({ mode: "one-shot", period: 150 });
    const irq = interrupt();
    b.handler.throw();
    a.handler.count(a);
    main.start(a).start(b).interrupt(irq, 20).read().mark(3).stats().sleep(200).stop(a).stop(b);
  }),
  ...new FakeWorld(),
});

describe("traceView", () => {
  const view = traceView(trace);

  it("keeps every record with its place", () => {
    expect(view.records.map(({ index }) => index)).toEqual([...trace.records.keys()]);
    for (const { index, ...record } of view.records) {
      expect(record).toEqual(trace.records[index]);
    }
  });

  it("looks over the whole trace", () => {
    expect(view.expiries()).toHaveLength(6);
    expect(view.expiries(1)).toHaveLength(2);
    expect(view.exits(0)).toHaveLength(4);
    expect(view.exits(1)).toHaveLength(0);
    expect(view.calls()).toHaveLength(16);
    expect(view.calls("stop", 1)).toHaveLength(2);
    expect(view.results("stop")).toEqual(["removed", "fired", "removed", "fired"]);
    expect(view.values("count", 0)).toEqual([1, 2, 1, 2]);
    expect(view.interrupts(0)).toHaveLength(2);
    expect(view.interrupts(1)).toHaveLength(0);
    expect(view.reads()).toHaveLength(2);
    expect(view.marks(3)).toHaveLength(2);
    expect(view.marks(4)).toHaveLength(0);
    expect(view.stats()).toHaveLength(2);
    expect(view.errors()).toHaveLength(2);
  });

  it("splits into iterations that keep the trace's indices", () => {
    const [first, second, ...more] = iterations(trace);
    expect(more).toEqual([]);
    expect([first?.value, second?.value]).toEqual([10, 15]);
    expect(first?.at).toBe(1_000);
    expect(second?.records[0]).toMatchObject({ kind: "iteration", index: first?.records.length });
    expect(second?.marks(3)[0]?.index).toBe(view.marks(3)[1]?.index);
    expect(second?.expiries(1)).toHaveLength(1);
  });

  it("has nothing to say about nothing", () => {
    expect(iterations({ records: [] })).toEqual([]);
    expect(traceView({ records: [] }).calls()).toEqual([]);
  });
});
