import type { StopResult } from "@escapement/core";
import type { BootedBoard, DriverTimerSpec, Machine, TimerDriver } from "../src/index.js";

/** A timer of {@link FakeWorld}. */
export interface FakeTimer {
  spec: DriverTimerSpec;
  readonly onExpiry: (scheduledTicks: number) => void;
  due: number | undefined;
  fired: boolean;
  released: boolean;
  running: boolean;
}

/** An error with a code, as a driver of somebody else might throw it. */
export class CodedError extends Error {
  readonly code: string;
  constructor(code: string) {
    super(code);
    this.code = code;
  }
}

/**
 * A world in virtual time with the plainest timer driver that keeps the contract: one tick passes
 * in each `now`, interrupts are served while time passes unless masked.
 */
export class FakeWorld implements BootedBoard<FakeTimer> {
  time = 1_000;
  level = 0;
  masked = 0;
  readonly timers: FakeTimer[] = [];
  readonly queue: { readonly timer: FakeTimer; readonly scheduled: number }[] = [];
  #request: { readonly at: number; readonly handler: () => void } | undefined;

  readonly machine: Machine = {
    stamp: () => this.time,
    contextLevel: () => this.level,
    spin: (ticks) => this.advance(ticks),
    sleep: (ticks) => this.advance(ticks),
    saveAndMask: () => {
      const was = this.masked;
      this.masked = 1;
      return was;
    },
    restore: (state) => {
      this.masked = state;
      this.serve();
    },
    interruptsEnabled: () => this.masked === 0,
    phase: (counter) => {
      const ahead = (((counter - this.time) % 65_536) + 65_536) % 65_536;
      this.time += ahead;
    },
    requestInterrupt: (handler, delayTicks) => {
      this.#request = { at: this.time + delayTicks, handler };
    },
    cancelInterrupt: () => {
      this.#request = undefined;
    },
    reference: () => (this.time * 2) % 64_256,
  };

  readonly driver: TimerDriver<FakeTimer> = {
    capacity: 8,
    maxDelayTicks: 2 ** 31 - 1,
    generations: true,
    now: () => this.time++,
    create: (spec, onExpiry) => {
      if (this.timers.filter((timer) => !timer.released).length >= 8) {
        throw new CodedError("capacity-exhausted");
      }
      if (spec.periodTicks < 1) throw new CodedError("invalid-argument");
      const timer: FakeTimer = {
        spec,
        onExpiry,
        due: undefined,
        fired: false,
        released: false,
        running: false,
      };
      this.timers.push(timer);
      return timer;
    },
    init: (timer, spec) => {
      this.#live(timer);
      timer.due = undefined;
      timer.spec = spec;
    },
    start: (timer) => {
      this.#live(timer);
      timer.due = this.time + timer.spec.periodTicks;
      timer.fired = false;
      return "armed";
    },
    startAt: (timer, reference, delta) => {
      this.#live(timer);
      timer.due = reference + delta;
      return timer.due > this.time ? "armed" : "late";
    },
    stop: (timer) => this.#stop(timer),
    stopSync: (timer) => this.#stop(timer),
    shutdown: (timer) => this.#stop(timer),
    deinit: (timer) => {
      timer.due = undefined;
      timer.released = true;
    },
    setPeriod: (timer, periodTicks) => {
      timer.spec = { ...this.#live(timer).spec, periodTicks };
    },
    remaining: (timer) => Math.max(0, (this.#live(timer).due ?? this.time) - this.time),
    active: (timer) => this.#live(timer).due !== undefined,
    overruns: () => 0,
    service: () => {
      const due = this.queue.splice(0);
      for (const { timer, scheduled } of due) this.#call(timer, scheduled);
      return due.length;
    },
    collect: () => {},
    deinitAll: () => {
      this.queue.length = 0;
      for (const timer of this.timers) {
        timer.due = undefined;
        timer.released = true;
      }
    },
    stats: () => ({ allocated: 1, pending: 2, retired: 3 }),
  };

  /** Lets ticks pass, one event at a time. */
  advance(ticks: number): void {
    const end = this.time + ticks;
    for (;;) {
      const next = this.#next();
      if (next === undefined || next > end || this.masked !== 0) break;
      this.time = Math.max(this.time, next);
      this.serve();
    }
    this.time = Math.max(this.time, end);
  }

  /** Serves what is due, unless masked. The second interrupt comes above the timer's. */
  serve(): void {
    while (this.masked === 0) {
      const request = this.#request;
      if (request !== undefined && request.at <= this.time && this.level < 2) {
        this.#request = undefined;
        this.#interrupt(request.handler);
        continue;
      }
      const timer = this.timers.find((each) => each.due !== undefined && each.due <= this.time);
      if (timer === undefined || this.level > 0) return;
      this.#interrupt(() => this.#expire(timer));
    }
  }

  #next(): number | undefined {
    const times: number[] = [];
    if (this.#request !== undefined && this.level < 2) times.push(this.#request.at);
    if (this.level === 0) for (const { due } of this.timers) if (due !== undefined) times.push(due);
    return times.length === 0 ? undefined : Math.min(...times);
  }

  #interrupt(handler: () => void): void {
    this.level += 1;
    try {
      handler();
    } finally {
      this.level -= 1;
    }
  }

  #expire(timer: FakeTimer): void {
    const scheduled = timer.due ?? this.time;
    const periodic = timer.spec.mode === "periodic";
    timer.due = periodic ? scheduled + timer.spec.periodTicks : undefined;
    timer.fired = !periodic;
    if (timer.spec.autoRelease) timer.released = true;
    if (timer.spec.dispatch === "soft") this.queue.push({ timer, scheduled });
    else this.#call(timer, scheduled);
  }

  #call(timer: FakeTimer, scheduled: number): void {
    timer.running = true;
    try {
      timer.onExpiry(scheduled);
    } catch {
      this.driver.onError?.("callback-threw");
    } finally {
      timer.running = false;
    }
  }

  #stop(timer: FakeTimer): StopResult {
    this.#live(timer);
    const wasDue = timer.due !== undefined;
    timer.due = undefined;
    if (timer.running) return "in-flight";
    if (wasDue) return "removed";
    return timer.fired ? "fired" : "idle";
  }

  #live(timer: FakeTimer): FakeTimer {
    if (timer.released) throw new CodedError("stale-handle");
    return timer;
  }
}
