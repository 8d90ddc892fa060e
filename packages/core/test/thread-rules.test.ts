import { describe, expect, it } from "vitest";
import type { TimerError } from "../src/index.js";
import { FakeChip } from "./fake-chip.js";
import { codeOf, oneShot } from "./helpers.js";

describe("a port that names its threads", () => {
  it("THR-03 CALL-14 service() of a second thread returns 0, of the same inside a callback it is refused", () => {
    const chip = new FakeChip();
    let thread = 1;
    chip.port = { ...chip.port, threadId: () => thread };
    const hal = chip.connect();
    const seen: unknown[] = [];
    const order: string[] = [];
    const first = oneShot(hal, 5, [], {
      dispatch: "soft",
      callback: () => {
        order.push("first");
        seen.push(codeOf(() => hal.service()));
        thread = 2;
        seen.push(hal.service());
        thread = 1;
      },
    });
    const second = oneShot(hal, 6, [], { dispatch: "soft", callback: () => order.push("second") });
    first.start();
    second.start();
    chip.advance(20);
    expect(hal.service()).toBe(2);
    expect(seen).toEqual(["reentrant-service", 0]);
    expect(order).toEqual(["first", "second"]);
  });

  it("THR-03 CALL-14 without names every call inside a callback is refused, also after its deinit()", () => {
    const chip = new FakeChip();
    const hal = chip.connect();
    const seen: unknown[] = [];
    const timer = oneShot(hal, 5, [], {
      dispatch: "soft",
      callback: (self) => {
        self.deinit();
        seen.push(codeOf(() => hal.service()));
      },
    });
    timer.start();
    chip.advance(20);
    expect([hal.service(), seen]).toEqual([1, ["reentrant-service"]]);
  });
});

describe("stopSync() of a timer that its own handler released", () => {
  /** Calls it, in the handler, as that thread; and after it. */
  function resultsOf(caller: number): unknown[] {
    const chip = new FakeChip();
    let thread = 1;
    chip.port = { ...chip.port, threadId: () => thread, relax: () => chip.advance(1) };
    const hal = chip.connect();
    const seen: unknown[] = [];
    const attempt = () => {
      const from = hal.now();
      try {
        seen.push(timer.stopSync({ timeoutTicks: 50 }));
      } catch (error) {
        seen.push((error as TimerError).code);
      }
      seen.push(hal.now() - from >= 50 ? "waited" : "at once");
    };
    const timer = oneShot(hal, 5, [], {
      dispatch: "soft",
      callback: (self) => {
        self.deinit();
        thread = caller;
        attempt();
        thread = 1;
      },
    });
    timer.start();
    chip.advance(20);
    hal.service();
    thread = caller;
    attempt();
    return seen;
  }

  it("THR-06 waits where another thread runs that, and is stale when it has ended", () => {
    expect(resultsOf(2)).toEqual(["in-flight", "waited", "stale-handle", "at once"]);
  });

  it("THR-06 is stale at once in the handler itself", () => {
    expect(resultsOf(1)).toEqual(["stale-handle", "at once", "stale-handle", "at once"]);
  });
});

describe("a port whose masking takes a lock", () => {
  it("THR-08 the HAL calls no handler and no error hook under it, and gives it up as often as it takes it", () => {
    const chip = new FakeChip({ counterBits: 8 });
    let depth = 0;
    const held: number[] = [];
    const { saveAndMask, restore } = chip.port;
    chip.port = {
      ...chip.port,
      saveAndMask: () => {
        depth += 1;
        return saveAndMask();
      },
      restore: (state) => {
        depth -= 1;
        restore(state);
      },
    };
    const note = (): void => {
      held.push(depth);
    };
    const hal = chip.connect({ onError: note });
    const throwing = () => {
      note();
      throw new Error("on purpose");
    };
    const hard = hal.timer({ mode: "periodic", periodTicks: 30, callback: throwing });
    const soft = oneShot(hal, 10, [], { dispatch: "soft", callback: throwing });
    hard.start();
    soft.start();
    chip.advance(100);
    hal.service();
    hal.after(5, note);
    chip.advance(10);
    hard.stop();
    chip.stall(300);
    chip.overflowFlag = false;
    hal.now();
    expect(held.length).toBeGreaterThanOrEqual(9);
    expect(new Set(held)).toEqual(new Set([0]));
    expect(depth).toBe(0);
  });
});
