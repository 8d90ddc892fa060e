import { describe, expect, it } from "vitest";
import { InterruptController, SimClock } from "../src/index.js";

function controllerOf(nesting = true) {
  const clock = new SimClock();
  const controller = new InterruptController(clock, { entryCycles: 10, exitCycles: 5, nesting });
  const seen: string[] = [];
  const add = (name: string, priority: number, body: () => void = () => {}) => {
    const source = controller.addSource({ name, priority, latched: true });
    controller.setEnabled(source, true);
    controller.connect(source, () => {
      seen.push(`${name}@${controller.depth}`);
      body();
      seen.push(`/${name}`);
    });
    return source;
  };
  return { clock, controller, seen, add };
}

describe("InterruptController", () => {
  it("enters a handler only when it is requested, enabled and unmasked, and costs entry and exit", () => {
    const { clock, controller, seen, add } = controllerOf();
    const source = add("a", 1);
    controller.serve();
    expect(seen).toEqual([]);
    controller.setEnabled(source, false);
    controller.setRequest(source, true);
    controller.serve();
    expect(seen).toEqual([]);
    controller.setEnabled(source, true);
    const was = controller.saveAndMask();
    controller.serve();
    expect(seen).toEqual([]);
    controller.restore(was);
    controller.serve();
    controller.serve();
    expect(seen).toEqual(["a@1", "/a"]);
    expect(clock.now).toBe(15);
  });

  it("nests masks: restoring the inner one leaves interrupts masked", () => {
    const { controller, seen, add } = controllerOf();
    const source = add("a", 1);
    const outer = controller.saveAndMask();
    const inner = controller.saveAndMask();
    controller.setRequest(source, true);
    controller.restore(inner);
    controller.serve();
    expect([controller.masked, seen.length]).toEqual([true, 0]);
    controller.restore(outer);
    controller.serve();
    expect([controller.masked, seen.length]).toEqual([false, 2]);
  });

  it("lets a higher priority interrupt a handler, and makes an equal or lower one wait", () => {
    const { controller, seen, add } = controllerOf();
    const same = add("same", 1);
    const high = add("high", 2);
    const low = add("low", 1, () => {
      controller.setRequest(same, true);
      controller.setRequest(high, true);
      controller.serve();
    });
    controller.setRequest(low, true);
    controller.serve();
    expect(seen).toEqual(["low@1", "high@2", "/high", "/low", "same@1", "/same"]);
    expect(controller.depth).toBe(0);
  });

  it("serves the highest priority first, and the lower number among equals", () => {
    const { controller, seen, add } = controllerOf();
    const sources = [add("a", 1), add("b", 1), add("c", 2)];
    for (const source of sources.reverse()) controller.setRequest(source, true);
    controller.serve();
    expect(seen.filter((entry) => !entry.startsWith("/"))).toEqual(["c@1", "a@1", "b@1"]);
  });

  it("masks everything in a handler where the core does not nest, and unmasks at its return", () => {
    const { controller, seen, add } = controllerOf(false);
    const high = add("high", 2);
    const low = add("low", 1, () => {
      expect(controller.masked).toBe(true);
      controller.setRequest(high, true);
      controller.restore(controller.saveAndMask());
      controller.serve();
    });
    controller.setRequest(low, true);
    controller.serve();
    expect(seen).toEqual(["low@1", "/low", "high@1", "/high"]);
    expect(controller.masked).toBe(false);
  });

  it("gives the interrupted code a step after eight handlers in a row", () => {
    const { controller, seen, add } = controllerOf();
    const source = add("again", 1, () => controller.setRequest(source, true));
    controller.setRequest(source, true);
    controller.serve();
    expect(seen.filter((entry) => entry === "/again")).toHaveLength(8);
  });

  it("gives up on a flag that nobody clears, says so once, and comes back when it is cleared", () => {
    const clock = new SimClock();
    const storms: string[] = [];
    let entries = 0;
    const controller = new InterruptController(clock, {
      entryCycles: 1,
      exitCycles: 1,
      nesting: true,
      stormed: (source) => storms.push(source),
    });
    const source = controller.addSource({ name: "overflow", priority: 1, latched: false });
    controller.connect(source, () => {
      entries += 1;
    });
    controller.setEnabled(source, true);
    controller.setRequest(source, true);
    let rounds = 0;
    while (controller.serve()) rounds += 1;
    expect([rounds, entries, storms]).toEqual([125, 1000, ["overflow"]]);
    expect(controller.serve()).toBe(false);
    controller.setRequest(source, false);
    controller.setRequest(source, true);
    controller.serve();
    expect([entries, storms]).toEqual([1008, ["overflow"]]);
  });

  it("ends endless nesting with a board-fault, and leaves level and mask as they were", () => {
    const { controller, add } = controllerOf(false);
    const source = add("deep", 1, () => {
      controller.setRequest(source, true);
      controller.restore(0);
      controller.serve();
    });
    controller.setRequest(source, true);
    expect(() => controller.serve()).toThrowError(/inside one another/);
    expect([controller.depth, controller.masked]).toEqual([0, false]);
  });
});
