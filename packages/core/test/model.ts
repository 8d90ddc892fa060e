import type { OverrunPolicy, StopResult, TimerMode } from "../src/index.js";

/** A timer of the naive model. */
export interface ModelTimer {
  mode: TimerMode;
  period: number;
  soft: boolean;
  overrun: OverrunPolicy;
  /** What its handler does besides logging. */
  act: "nothing" | "restart" | "stop-next";
  pending: boolean;
  queued: boolean;
  fired: boolean;
  running: boolean;
  deadline: number;
  due: number;
  order: number;
  anchor: number;
  overruns: number;
}

/**
 * What the HAL is to do, in the plainest way: lists that are searched, and no hardware but the time
 * of the next interrupt.
 */
export class Model {
  readonly log: string[] = [];
  readonly timers: ModelTimer[];
  now: number;
  #queue: number[] = [];
  #orders = 0;
  /** When the compare interrupt comes; undefined when it is off. */
  #alarm: number | undefined;
  readonly #reach: number;
  #dispatching = false;

  constructor(timers: ModelTimer[], now: number, counterBits: number) {
    this.timers = timers;
    this.now = now;
    this.#reach = 2 ** counterBits * 0.75;
  }

  start(i: number, at?: { reference: number; delta: number }): string {
    const timer = this.#get(i);
    const head = this.#head();
    this.#withdraw(timer, i);
    timer.fired = false;
    timer.anchor = at?.reference ?? this.now + 1;
    timer.deadline = timer.anchor + (at?.delta ?? timer.period);
    this.#enqueue(timer);
    this.#headMayHaveChanged(i, head);
    return timer.deadline <= this.now ? "late" : "armed";
  }

  stop(i: number): StopResult {
    const timer = this.#get(i);
    const head = this.#head();
    const found = this.#withdraw(timer, i);
    this.#headMayHaveChanged(i, head);
    if (timer.running) {
      return "in-flight";
    }
    if (found) {
      return "removed";
    }
    return timer.fired ? "fired" : "idle";
  }

  setPeriod(i: number, ticks: number): void {
    const timer = this.#get(i);
    const old = timer.period;
    timer.period = ticks;
    if (timer.pending) {
      const head = this.#head();
      timer.deadline += ticks - old;
      this.#enqueue(timer);
      this.#headMayHaveChanged(i, head);
    }
  }

  remaining(i: number): number {
    const timer = this.#get(i);
    return timer.pending ? Math.max(0, timer.deadline - this.now) : 0;
  }

  takeOverruns(i: number): number {
    const timer = this.#get(i);
    const { overruns } = timer;
    timer.overruns = 0;
    return overruns;
  }

  /** Lets time pass with interrupts served as they come. */
  advance(ticks: number): void {
    const end = this.now + ticks;
    while (this.#alarm !== undefined && this.#alarm <= end) {
      this.now = Math.max(this.now, this.#alarm);
      this.#pass();
    }
    this.now = end;
  }

  /** Lets time pass with interrupts masked; what was missed is served at the end. */
  stall(ticks: number): void {
    this.now += ticks;
    this.advance(0);
  }

  service(): number {
    const begin = this.now;
    const pass = this.#queue;
    this.#queue = [];
    let count = 0;
    // Taken over one by one, as a stop in a callback may drop those that are still to come.
    this.#passing = pass;
    for (let i = pass.shift(); i !== undefined; i = pass.shift()) {
      const timer = this.#get(i);
      timer.queued = false;
      const head = this.#head();
      const scheduled = this.#take(timer);
      if (timer.mode === "periodic") {
        if (timer.deadline <= begin) {
          timer.queued = true;
          pass.push(i);
        } else {
          this.#enqueue(timer);
          if (this.#head() === i) {
            this.#headMayHaveChanged(i, head);
          }
        }
      }
      this.#run(timer, i, scheduled);
      count += 1;
    }
    return count;
  }

  #passing: number[] = [];

  #pass(): void {
    const newest = this.#orders;
    this.#dispatching = true;
    for (let i = this.#head(); i >= 0; i = this.#head()) {
      const timer = this.#get(i);
      if (timer.due > this.now || timer.order > newest) {
        break;
      }
      timer.pending = false;
      if (timer.soft) {
        timer.queued = true;
        this.#queue.push(i);
        continue;
      }
      const scheduled = this.#take(timer);
      if (timer.mode === "periodic") {
        this.#enqueue(timer);
      }
      this.#run(timer, i, scheduled);
    }
    this.#dispatching = false;
    this.#program();
  }

  #take(timer: ModelTimer): number {
    let scheduled = timer.deadline;
    timer.anchor = scheduled;
    if (timer.mode === "one-shot") {
      timer.fired = true;
      return scheduled;
    }
    // Counting one by one is what the HAL does not do.
    while (timer.overrun !== "burst" && timer.anchor + timer.period <= this.now) {
      timer.anchor += timer.period;
      timer.overruns += timer.overrun === "coalesce" ? 1 : 0;
    }
    timer.deadline = timer.anchor + timer.period;
    if (timer.overrun === "skip") {
      scheduled = timer.anchor;
    }
    return scheduled;
  }

  #run(timer: ModelTimer, i: number, scheduled: number): void {
    this.log.push(`${i}@${scheduled}/${this.now}`);
    timer.running = true;
    if (timer.act === "restart") {
      this.start(i);
    } else if (timer.act === "stop-next") {
      this.log.push(this.stop((i + 1) % this.timers.length));
    }
    timer.running = false;
  }

  #head(): number {
    let best = -1;
    this.timers.forEach((timer, i) => {
      const other = this.timers[best];
      const earlier =
        other === undefined ||
        timer.due < other.due ||
        (timer.due === other.due && timer.order < other.order);
      best = timer.pending && earlier ? i : best;
    });
    return best;
  }

  #enqueue(timer: ModelTimer): void {
    this.#orders += 1;
    timer.pending = true;
    timer.order = this.#orders;
    timer.due = Math.max(timer.deadline, this.now);
  }

  #withdraw(timer: ModelTimer, i: number): boolean {
    const found = timer.pending || timer.queued;
    timer.pending = false;
    timer.queued = false;
    this.#queue = this.#queue.filter((other) => other !== i);
    const at = this.#passing.indexOf(i);
    if (at >= 0) {
      this.#passing.splice(at, 1);
    }
    return found;
  }

  #headMayHaveChanged(i: number, before: number): void {
    if ((before === i || this.#head() === i) && !this.#dispatching) {
      this.#program();
    }
  }

  #program(): void {
    const timer = this.timers[this.#head()];
    this.#alarm =
      timer === undefined
        ? undefined
        : Math.min(Math.max(timer.due, this.now + 1), this.now + this.#reach);
  }

  #get(i: number): ModelTimer {
    const timer = this.timers[i];
    if (timer === undefined) {
      throw new Error(`no timer ${i} in the model`);
    }
    return timer;
  }
}
