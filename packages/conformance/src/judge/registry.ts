import type { StatsRecord } from "@escapement/scenario";
import { range } from "./hypothesis.js";
import type { Model } from "./model.js";
import type { TimerModel } from "./timer-model.js";
import type { Step } from "./trace-tree.js";

/** What the registry's counts may be; they may have been taken at any time of the call. */
interface Counts {
  liveLo: number;
  liveHi: number;
  pendingLo: number;
  pendingHi: number;
}

/** The rules of the registry: capacity, released slots, and the counts that `stats` shows. */
export class Registry {
  readonly #model: Model;
  /** Timers released so far; each retires a slot. */
  #released = 0;
  /** Of them, those that collecting calls are sure to have given back. */
  #collected = 0;
  /** Timers that interrupts released and that no collecting call can have given back. */
  #kept = 0;
  /** Anonymous timers whose expiries are not recorded: each may be there or gone. */
  #unseen = 0;
  /** For each `stats` in progress: one may be interrupted by another. */
  readonly #counts = new Map<Step, Counts>();

  constructor(model: Model) {
    this.#model = model;
  }

  /** An operation begins. */
  begin(step: Step): void {
    step.releasedBefore = this.#released - this.#handlersRunning();
    this.noteThere(step);
    // What it interrupts may give them back at any time.
    step.keptBefore = this.#model.inProgress.some(isCollecting) ? 0 : this.#kept;
    step.isRelease = step.name === "deinit" && step.context > 0 && this.#isSurelyLive(step);
    if (isCollecting(step)) this.#kept = 0;
    if (step.name === "deinit") this.#released += 1;
    if (step.name === "deinitAll") {
      this.#released += this.#model.timers.length + this.#anonymous();
    }
  }

  /** An operation returned. What was released while a collecting call ran may have been given back by it. */
  end(step: Step): void {
    if (isCollecting(step)) this.#kept = 0;
    if (step.isRelease && step.result === "ok") this.#kept += 1;
  }

  /** An anonymous timer is released: it ran. */
  release(): void {
    this.#released += 1;
  }

  /** Timers were made and forgotten, and others released, without records of it. */
  unseen(made: number, released: number): void {
    this.#unseen += made;
    this.#released += made + released;
    this.#kept = 0;
  }

  /** A collecting call returned: what had been released before it began is back, but for handlers that ran then. */
  collect(step: Step): void {
    this.#collected = Math.max(this.#collected, step.releasedBefore);
  }

  /**
   * Notes what may be in the registry now, for a call that finds no room. What is released while it runs keeps
   * its slot from it: the call had collected before.
   */
  noteThere(step: Step): void {
    if (step.result !== "capacity-exhausted") return;
    step.there ??= { timers: new Set(), anonymous: 0 };
    const { there } = step;
    for (const [number, timer] of this.#model.timers.entries()) {
      if (mayBeLive(timer)) there.timers.add(number);
    }
    const anonymous = this.#anonymous() + this.#anonymousRunning();
    there.anonymous = Math.max(there.anonymous, anonymous);
  }

  /** REG-01, REG-03: a call may find no room only where that many timers may have been there at some time of it. */
  exhausted(step: Step): void {
    const model = this.#model;
    const { capacity } = model.bounds;
    const { timers: known, anonymous } = step.there ?? { timers: new Set(), anonymous: 0 };
    const timers = known.size + anonymous + this.#handlersRunning() + this.#unseen;
    if (timers >= capacity) return;
    const found = `${step.name} found no room`;
    const expected = `room for another, with ${timers} of ${capacity} timers there`;
    model.violate("REG-01", "exhausted", expected, found, step.index, step.until);
  }

  /** The counts that this `stats` shows may have been taken between these times. */
  mayCount(step: Step, from: number, to: number): void {
    const live = this.#live();
    const until = to + this.#model.bounds.opTicks;
    const pending = this.#pending(from, until);
    const flying = this.#anonymousRunning();
    const anonymous = this.#anonymous() + this.#unseen;
    const sure = pending.anonymousLo;
    const counts = this.#counts.get(step);
    if (counts === undefined) {
      this.#counts.set(step, {
        liveLo: live.lo + sure,
        liveHi: live.hi + anonymous + flying,
        pendingLo: pending.lo + sure,
        pendingHi: pending.hi + anonymous,
      });
      return;
    }
    counts.liveLo = Math.min(counts.liveLo, live.lo + sure);
    counts.liveHi = Math.max(counts.liveHi, live.hi + anonymous + flying);
    counts.pendingLo = Math.min(counts.pendingLo, pending.lo + sure);
    counts.pendingHi = Math.max(counts.pendingHi, pending.hi + anonymous);
  }

  /** REG-02, REG-06, REG-11, ARM-25: what `stats` shows. */
  judgeCounts(step: Step, record: StatsRecord): void {
    const counts = this.#counts.get(step);
    if (counts === undefined) return;
    this.#counts.delete(step);
    const { allocated, retired, pending } = record;
    const live = allocated - retired;
    const { capacity } = this.#model.bounds;
    if (live < counts.liveLo || live > counts.liveHi) {
      this.#wrong(
        step,
        "REG-02",
        "live",
        range(counts.liveLo, counts.liveHi),
        `${live} live timers (allocated ${allocated}, retired ${retired})`,
      );
    }
    if (allocated > capacity) {
      this.#wrong(step, "REG-11", "capacity", `at most ${capacity}`, `${allocated} allocated`);
    }
    // Of those without records each may have run since.
    const running = this.#handlersRunning() + this.#anonymousRunning();
    const retiredMost = this.#released - this.#collected + running + this.#unseen;
    if (retired > retiredMost) {
      this.#wrong(
        step,
        "REG-06",
        "retired",
        `at most ${retiredMost}, the last collecting call has been`,
        `${retired} retired`,
      );
    }
    if (retired < step.keptBefore) {
      this.#wrong(
        step,
        "REG-06",
        "kept",
        `at least ${step.keptBefore}, released in interrupts`,
        `${retired} retired`,
      );
    }
    if (pending < counts.pendingLo || pending > counts.pendingHi) {
      this.#wrong(
        step,
        "ARM-25",
        "pending",
        range(counts.pendingLo, counts.pendingHi),
        `${pending} pending`,
      );
    }
  }

  #wrong(step: Step, rule: string, kind: string, expected: string, found: string): never {
    return this.#model.violate(rule, kind, expected, `stats shows ${found}`, step.index, step.at);
  }

  /** Whether the timer of an operation is there: releasing it a second time changes nothing. */
  #isSurelyLive({ op }: Step): boolean {
    const timer = "timer" in op ? this.#model.timers[op.timer] : undefined;
    return timer?.isKnown === true && timer.hypotheses.every((each) => !each.isStale);
  }

  /** How many of the program's timers are live. */
  #live(): { readonly lo: number; readonly hi: number } {
    let lo = 0;
    let hi = 0;
    for (const timer of this.#model.timers) {
      if (timer.isKnown && timer.hypotheses.every((each) => !each.isStale)) lo += 1;
      if (mayBeLive(timer)) hi += 1;
    }
    return { lo, hi };
  }

  /** How many of them wait in the deadline queue, and how many of the anonymous ones at the least. */
  #pending(from: number, until: number): { lo: number; hi: number; anonymousLo: number } {
    let lo = 0;
    let hi = 0;
    let anonymousLo = 0;
    for (const timer of this.#model.timers) {
      let all = timer.isKnown;
      let some = !timer.isKnown;
      for (const each of timer.hypotheses) {
        if (each.isArmed) some = true;
        if (!each.isArmed || Math.max(each.deadlineLo, each.armedLo) <= until) all = false;
      }
      if (all) lo += 1;
      if (some) hi += 1;
      for (const each of timer.anonymous) {
        const isMade = each.armedHi <= from && !this.#model.inProgress.includes(each.madeBy);
        if (isMade && each.deadlineLo > until) anonymousLo += 1;
      }
    }
    return { lo, hi, anonymousLo };
  }

  #anonymous(): number {
    let count = 0;
    for (const timer of this.#model.timers) count += timer.anonymous.length;
    return count;
  }

  /** Those whose callback runs, or has not quite returned. */
  #anonymousRunning(): number {
    let count = this.#model.anonymousLeaving;
    for (const each of this.#model.running) if (each.isAnonymous) count += 1;
    return count;
  }

  #handlersRunning(): number {
    let count = 0;
    for (const each of this.#model.running) if (each.kind === "handler") count += 1;
    return count;
  }
}

function mayBeLive({ isKnown, hypotheses }: TimerModel): boolean {
  return !isKnown || hypotheses.some((each) => !each.isStale);
}

/** Whether the call gives retired slots back, or may have. */
function isCollecting({ name, result }: Step): boolean {
  const collects = name === "init" || name === "spawn" || name === "service";
  return (
    (collects || name === "collect" || name === "deinitAll") &&
    result !== "in-interrupt" &&
    result !== "not-supported"
  );
}
