import { describe, expect, it } from "vitest";
import { auditState, describeCell, inspectState } from "../src/audit.js";
import { ArrayState, type SharedState, type Timer } from "../src/index.js";
import { FakeChip } from "./fake-chip.js";
import { oneShot, periodic } from "./helpers.js";

const capacity = 8;

/** A HAL with something in every list: three pending, one waiting, one retired, one free. */
function busyHal(): { state: SharedState; timers: Timer[] } {
  let state: SharedState = new ArrayState(0);
  const chip = new FakeChip();
  const hal = chip.connect({
    capacity,
    state: (cells) => {
      state = new ArrayState(cells);
      return state;
    },
  });
  const timers = [
    oneShot(hal, 300, []),
    periodic(hal, 100, []),
    oneShot(hal, 200, []),
    oneShot(hal, 5, [], { dispatch: "soft" }),
    oneShot(hal, 50, []),
    oneShot(hal, 50, []),
  ];
  for (const timer of timers.slice(0, 4)) timer.start();
  chip.advance(10);
  timers[5]?.deinit();
  hal.collect();
  timers[4]?.deinit();
  return { state, timers };
}

/** The first cell of that description. */
function cellOf(name: string, nth = 0): number {
  const found: number[] = [];
  for (let cell = 0; cell < 400; cell += 1) {
    if (describeCell(cell, capacity) === name) found.push(cell);
  }
  return found[nth] ?? expect.fail(`no cell ${name}`);
}

describe("the audit of the shared state", () => {
  it("REG-03 finds nothing wrong with a HAL at work, and shows its lists", () => {
    const { state } = busyHal();
    expect(auditState(state, capacity)).toBeUndefined();
    expect(inspectState(state, capacity)).toBe("queue [1 2 0] soft 1 retired [4] free [5]");
  });

  it.each([
    ["pending count", 99, /99 timers are pending of 8/],
    ["pending count", 2, /3 slots say that they are pending, the deadline queue holds 2/],
    ["slot 2: due", 7, /slot 2 under another time than its own/],
    ["slot 2: place in the queue, or link back", 0, /slot 2 twice, or its place is wrong/],
    ["free list", 1, /free list holds slot 0, which is in use/],
    ["free list", 7, /free list leads to slot 6/],
    ["retired count", 0, /1 slots are retired, 0 were counted/],
    ["allocated count", 3, /3 slots are counted as in use, 4 are and 1 are retired/],
    ["queued count", 0, /1 slots wait for service\(\), 0 were counted/],
    ["high water", 9, /9 slots of 8 were used/],
  ])("REG-03 notices a wrong %s", (name, value, message) => {
    const { state } = busyHal();
    state.store(cellOf(name), value);
    expect(auditState(state, capacity)).toMatch(message);
  });

  it("REG-03 notices a slot that is in no list, and a list that runs in a circle", () => {
    const lost = busyHal().state;
    lost.store(cellOf("free list"), 0);
    expect(auditState(lost, capacity)).toMatch(/1 slots are lost/);
    const circle = busyHal().state;
    circle.store(cellOf("slot 5: arming order, or link on"), 6);
    expect(auditState(circle, capacity)).toMatch(
      /free list holds slot 5 twice, or runs in a circle/,
    );
    expect(inspectState(circle, capacity)).toMatch(/free \[5 5 5 5 5 5 5 5 …\]/);
  });

  it("REG-03 notices a queue that is out of order", () => {
    const { state } = busyHal();
    const first = cellOf("deadline queue");
    state.store(first, 999);
    state.store(cellOf("slot 1: due"), 999);
    expect(auditState(state, capacity)).toMatch(/out of order/);
  });
});
