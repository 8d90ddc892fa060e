import { describe, expect, it } from "vitest";
import type { StopResult, Timer, TimerMode } from "../src/index.js";
import { FakeChip } from "./fake-chip.js";
import { codeOf, oneShot, periodic } from "./helpers.js";

const MODES: TimerMode[] = ["one-shot", "periodic"];

/** What happened, in order: the handler's entries and exits, and what the intruder was returned. */
interface Race {
  readonly events: string[];
  readonly timer: Timer;
  readonly chip: FakeChip;
  /** Accesses before the first place. */
  readonly begin: number;
}

/** A timer with an interrupt that lands at the `at`-th access after its start, if any, and runs `intrude`. */
function race(
  mode: TimerMode,
  at?: number,
  intrude?: (timer: Timer) => StopResult,
  observed = true,
): Race {
  const chip = new FakeChip({ ticksPerAccess: 0.002, begin: 65_400 });
  const hal = observed ? chip.connectObserved() : chip.connect();
  const events: string[] = [];
  const timer = hal.timer({
    mode,
    periodTicks: 100,
    callback: (self) => {
      events.push("entry");
      hal.now();
      expect(self.scheduledTicks).toBeGreaterThan(65_400);
      events.push("exit");
    },
  });
  timer.start();
  const begin = chip.accesses;
  if (at !== undefined && intrude !== undefined) {
    // Deeper interrupts than this one do not exist: what it does is masked, as on a chip.
    const run = () => chip.withMask(() => events.push(intrude(timer)));
    chip.injection = { at: begin + at, run };
  }
  chip.advance(150);
  return { events, timer, chip, begin };
}

const ENTRIES = (events: readonly string[]) => events.filter((event) => event === "entry").length;

describe.each(MODES)("a %s timer that an interrupt stops", (mode) => {
  // As many places as a run without an interrupt has, port accesses and accesses to shared state.
  const { chip: dry, begin } = race(mode);
  const places = Array.from({ length: dry.accesses - begin }, (_, at) => at);

  it("has dozens of places where the interrupt can land", () => {
    expect(places.length).toBeGreaterThan(50);
  });

  it("STOP-01 STOP-06 STOP-07 STOP-19 is removed, or its handler ran, never both", () => {
    const results = new Set<string>();
    for (const at of places) {
      const { events, chip } = race(mode, at, (timer) => timer.stop());
      const index = events.findIndex((event) => event !== "entry" && event !== "exit");
      expect(index, `the interrupt did not land at ${at}`).toBeGreaterThanOrEqual(0);
      const result = events[index];
      results.add(result ?? "");
      const before = ENTRIES(events.slice(0, index));
      const after = ENTRIES(events.slice(index));
      if (result === "in-flight") {
        expect(before + after, `${at}: ${events}`).toBe(1);
      } else {
        expect(after, `${at}: ${events}`).toBe(0);
        expect(before).toBe(result === "fired" || (mode === "periodic" && before === 1) ? 1 : 0);
      }
      const count = events.length;
      chip.advance(2000);
      expect(events).toHaveLength(count);
    }
    expect([...results].sort()).toEqual(
      mode === "one-shot" ? ["fired", "in-flight", "removed"] : ["in-flight", "removed"],
    );
  });

  it("STOP-07 STOP-26 from the HAL's mark on it is in flight: none finds it neither pending nor running", () => {
    let markedBeforeEntry = 0;
    for (const at of places) {
      const { events, timer } = race(mode, at, (subject) => subject.stop(), false);
      const index = events.findIndex((event) => event !== "entry" && event !== "exit");
      const result = events[index];
      if (result === "removed") {
        expect(timer.stop()).toBe("idle");
      } else if (index === 0) {
        expect(events, String(at)).toEqual(["in-flight", "entry", "exit"]);
        markedBeforeEntry += 1;
      }
    }
    expect(markedBeforeEntry).toBeGreaterThan(0);
  });

  it("STOP-10 stop, start, stop anywhere leaves nothing", () => {
    for (const at of places) {
      const { events, timer, chip } = race(mode, at, (subject) => {
        subject.stop();
        subject.start();
        return subject.stop();
      });
      chip.advance(2000);
      const entries = ENTRIES(events);
      expect(entries).toBeLessThanOrEqual(1);
      expect(timer.active).toBe(false);
      expect(events.indexOf("entry"), `${at}: ${events}`).toBeLessThanOrEqual(1);
    }
  });

  it("STOP-11 ARM-11 LIFE-11 start, stop, start anywhere leaves one schedule, the new one", () => {
    for (const at of places) {
      let due = 0;
      const { events, timer, chip } = race(mode, at, (subject) => {
        subject.start();
        const result = subject.stop();
        subject.start();
        due = subject.scheduledTicks + 100;
        return result;
      });
      const index = events.findIndex((event) => event !== "entry" && event !== "exit");
      const before = ENTRIES(events.slice(0, index));
      chip.runUntil(due + 20);
      // In flight without an entry: it landed between the HAL's mark and the handler's first step.
      const started = before === 0 && events[index] === "in-flight" ? 1 : before;
      expect(ENTRIES(events), `${at}: ${events}`).toBe(started + 1);
      expect(timer.stop()).toBe(mode === "one-shot" ? "fired" : "removed");
    }
  });

  it("REG-07 LIFE-08 deinit anywhere leaves nothing, and the slot comes back", () => {
    for (const at of places) {
      const { events, timer, chip } = race(mode, at, (subject) => {
        subject.deinit();
        return "idle";
      });
      chip.advance(2000);
      expect(ENTRIES(events)).toBeLessThanOrEqual(1);
      expect(codeOf(() => timer.stop())).toBe("stale-handle");
      expect(chip.hal?.collect()).toBe(1);
      expect(chip.hal?.stats()).toMatchObject({ allocated: 0, retired: 0, pending: 0 });
    }
  });
});

describe("stopping", () => {
  it("STOP-02 STOP-03 STOP-22 results idle, removed, idle, fired, fired", () => {
    const chip = new FakeChip();
    const timer = oneShot(chip.connect(), 10, []);
    const results = [timer.stop()];
    timer.start();
    results.push(timer.stop(), timer.stop());
    timer.start();
    chip.advance(20);
    results.push(timer.stop(), timer.stop());
    timer.init();
    results.push(timer.stop());
    expect(results).toEqual(["idle", "removed", "idle", "fired", "fired", "idle"]);
  });

  it.each(MODES)("STOP-04 STOP-05 STOP-25 a %s timer stops in its own handler", (mode) => {
    for (const periodTicks of [1, 2, 100]) {
      const chip = new FakeChip();
      const hal = chip.connect();
      const results: StopResult[] = [];
      const callback = (timer: Timer) => results.push(timer.stop(), timer.stop());
      hal.timer({ mode, periodTicks, callback }).start();
      chip.advance(1000);
      expect(results).toEqual(["in-flight", "in-flight"]);
      expect(hal.stats().pending).toBe(0);
    }
  });

  it("STOP-08 a timer stopped after its deadline, still masked, does not run", () => {
    const chip = new FakeChip();
    const hal = chip.connect();
    const log: number[] = [];
    const timer = oneShot(hal, 10, log);
    timer.start();
    chip.withMask(() => {
      chip.stall(100);
      expect(timer.stop()).toBe("removed");
    });
    chip.advance(70_000);
    expect(log).toEqual([]);
  });

  it("STOP-09 a latched flag of a stopped timer never fires a later arming", () => {
    for (let extra = -3; extra < 4; extra += 1) {
      const chip = new FakeChip();
      const hal = chip.connect();
      const seen: number[] = [];
      const timer = oneShot(hal, 10, [], { callback: () => seen.push(chip.ticks) });
      timer.start();
      chip.withMask(() => {
        chip.stall(11 + extra);
        timer.stop();
        timer.setPeriod(5000);
        timer.start();
      });
      chip.advance(6000);
      expect(seen).toEqual([5012 + extra]);
    }
  });

  it("STOP-12 CALL-11 a sibling due at the same tick, stopped or released by a handler, does not run", () => {
    for (const release of [false, true]) {
      const chip = new FakeChip();
      const hal = chip.connect();
      const log: number[] = [];
      const results: StopResult[] = [];
      const first = oneShot(hal, 10, [], {
        callback: () => (release ? second.deinit() : results.push(second.stop())),
      });
      const second = oneShot(hal, 10, log);
      first.start();
      second.start();
      chip.advance(100);
      expect(log).toEqual([]);
      expect(results).toEqual(release ? [] : ["removed"]);
    }
  });

  it("STOP-13 CALL-20 a stop or a start drops a soft callback that waits", () => {
    for (const again of [false, true]) {
      const chip = new FakeChip();
      const hal = chip.connect();
      const log: number[] = [];
      const timer = oneShot(hal, 10, log, { dispatch: "soft" });
      timer.start();
      chip.advance(20);
      expect([hal.stats().queued, timer.active, timer.remaining()]).toEqual([1, true, 0]);
      if (again) {
        timer.start();
      } else {
        expect(timer.stop()).toBe("removed");
      }
      expect([hal.stats().queued, hal.service()]).toEqual([0, 0]);
      chip.advance(100);
      expect(hal.service()).toBe(again ? 1 : 0);
      expect(log).toEqual(again ? [31] : []);
    }
  });

  it("STOP-14 STOP-15 STOP-16 stopSync() returns at once where it cannot wait", () => {
    const chip = new FakeChip();
    const hal = chip.connect();
    const results: StopResult[] = [];
    const timer = oneShot(hal, 10, [], { callback: (self) => results.push(self.stopSync()) });
    results.push(timer.stopSync());
    timer.start();
    results.push(timer.stopSync({ timeoutTicks: 0 }));
    timer.start();
    chip.advance(20);
    results.push(timer.stopSync());
    expect(results).toEqual(["idle", "removed", "in-flight", "fired"]);
    expect(codeOf(() => timer.stopSync({ timeoutTicks: -1 }))).toBe("invalid-argument");
  });

  it("STOP-17 STOP-18 LIFE-10 shutdown() is for good", () => {
    const chip = new FakeChip();
    const hal = chip.connect();
    const results: StopResult[] = [];
    const timer = periodic(hal, 10, [], { callback: (self) => results.push(self.shutdown()) });
    timer.start();
    chip.advance(100);
    expect(results).toEqual(["in-flight"]);
    expect(codeOf(() => timer.start())).toBe("timer-shut-down");
    expect(codeOf(() => timer.start({ reference: 0, delta: 1 }))).toBe("timer-shut-down");
    expect(codeOf(() => timer.init())).toBe("timer-shut-down");
    expect(codeOf(() => timer.setPeriod(5))).toBe("timer-shut-down");
    expect([timer.shutdown(), timer.stop(), timer.active]).toEqual(["idle", "idle", false]);
    timer.deinit();
    hal.collect();
    expect(hal.stats().allocated).toBe(0);
    expect(oneShot(hal, 5, []).start()).toBe("armed");
  });

  it("STOP-21 a handler that stopped its own timer may start it again", () => {
    const chip = new FakeChip();
    const log: number[] = [];
    const callback = (self: Timer) => {
      log.push(self.scheduledTicks);
      self.stop();
      self.start();
    };
    periodic(chip.connect(), 10, [], { callback }).start();
    chip.advance(40);
    expect(log).toEqual([11, 22, 33]);
  });

  it("STOP-24 stopping one timer moves no other", () => {
    const chip = new FakeChip();
    const hal = chip.connect();
    const log: number[] = [];
    const timers = [30, 10, 20, 40].map((ticks) => oneShot(hal, ticks, log));
    for (const timer of timers) {
      timer.start();
    }
    timers[1]?.stop();
    timers[3]?.stop();
    chip.advance(100);
    expect(log).toEqual([21, 31]);
  });
});
