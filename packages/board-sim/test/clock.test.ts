import { describe, expect, it } from "vitest";
import { SimClock, SimEvent } from "../src/index.js";

describe("SimClock", () => {
  it("runs events in time order, and those of one cycle in the order of scheduling", () => {
    const clock = new SimClock();
    const seen: string[] = [];
    const event = (name: string) => new SimEvent(() => seen.push(`${name}@${clock.now}`));
    clock.schedule(event("late"), 30);
    clock.schedule(event("first"), 10);
    clock.schedule(event("second"), 10);
    clock.schedule(event("third"), 10);
    clock.advanceTo(29);
    expect(seen).toEqual(["first@10", "second@10", "third@10"]);
    expect(clock.now).toBe(29);
    clock.advance(1);
    expect(seen.at(-1)).toBe("late@30");
  });

  it("moves an event that is scheduled again, and forgets a cancelled one", () => {
    const clock = new SimClock();
    const seen: number[] = [];
    const moved = new SimEvent(() => seen.push(clock.now));
    const dropped = new SimEvent(() => seen.push(-1));
    clock.schedule(moved, 5);
    clock.schedule(dropped, 6);
    clock.schedule(moved, 50);
    clock.cancel(dropped);
    clock.cancel(dropped);
    expect(clock.nextCycle).toBe(50);
    clock.advanceTo(100);
    expect(seen).toEqual([50]);
    expect(clock.nextCycle).toBe(Number.POSITIVE_INFINITY);
  });

  it("takes a time in the past for now, and never goes back", () => {
    const clock = new SimClock();
    const seen: number[] = [];
    clock.advanceTo(100);
    clock.schedule(new SimEvent(() => seen.push(clock.now)), 3);
    clock.advanceTo(50);
    expect(clock.now).toBe(100);
    clock.advance(0);
    expect(seen).toEqual([100]);
  });

  it("runs an event that another one schedules for the same cycle in the same advance", () => {
    const clock = new SimClock();
    const seen: string[] = [];
    const second = new SimEvent(() => seen.push("second"));
    clock.schedule(
      new SimEvent(() => {
        seen.push("first");
        clock.schedule(second, clock.now);
      }),
      7,
    );
    clock.advanceTo(7);
    expect(seen).toEqual(["first", "second"]);
  });

  it("jumps over idle time: a million cycles are one event", () => {
    const clock = new SimClock();
    clock.schedule(new SimEvent(() => {}), 1_000_000);
    clock.advanceTo(2_000_000);
    expect(clock.eventsRun).toBe(1);
  });
});
