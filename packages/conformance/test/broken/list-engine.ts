import { TimerError, type TimerPort } from "@escapement/core";
import type { DriverTimerSpec, Refusal } from "@escapement/scenario";
import type { Bug } from "./bug.js";

export type Callback = (scheduledTicks: number) => void;

export interface Slot {
  generation: number;
  used: boolean;
  retired: boolean;
  spec: DriverTimerSpec;
  callback: Callback;
  deadline: number;
  lastScheduled: number;
  queued: boolean;
  /** Out of the list, its handler not yet entered: a stop can still prevent it. */
  taken: boolean;
  running: number;
  fired: boolean;
  shut: boolean;
  overruns: number;
  softWaiting: number;
  softScheduled: number;
}

/** A timer's name: its slot, and which use of the slot it was. */
export interface ListHandle {
  readonly slot: number;
  readonly generation: number;
}

const idle: DriverTimerSpec = {
  mode: "one-shot",
  periodTicks: 1,
  dispatch: "hard",
  overrun: "coalesce",
  late: "fire",
  autoRelease: false,
};

/** Slots, the list sorted by deadline, the compare and the dispatch: what {@link ListHal} stands on. */
export abstract class ListEngine {
  readonly capacity = 16;
  readonly maxDelayTicks = 2 ** 40;
  readonly generations = true;
  onError: (code: Refusal) => void = () => {};
  protected readonly port: TimerPort;
  protected readonly bugs: ReadonlySet<Bug>;
  protected readonly lap: number;
  protected readonly compareLap: number;
  protected readonly slots: Slot[] = [];
  protected list: number[] = [];
  protected soft: number[] = [];
  protected high = 0;
  protected depth = 0;
  protected serving = false;

  constructor(port: TimerPort, bugs: readonly Bug[] = []) {
    this.port = port;
    this.bugs = new Set(bugs);
    this.lap = port.counterBits > 32 ? 0 : 2 ** port.counterBits;
    this.compareLap = 2 ** (port.compareBits ?? port.counterBits);
    for (let index = 0; index < this.capacity; index += 1) this.slots.push(this.blank(0));
  }

  now(): number {
    const port = this.port;
    if (this.has("high-word-unmasked")) return this.high * this.lap + port.readCounter();
    const state = port.saveAndMask();
    let high = this.high;
    let low = port.readCounter();
    if (port.overflowPending() && !this.has("wrap-pending-ignored")) {
      const before = low;
      low = port.readCounter();
      if (!this.has("wrap-counted-when-small-only") || before === 0) high += 1;
    }
    port.restore(state);
    return high * this.lap + low;
  }

  /** To be called by the overflow interrupt. */
  onOverflow = (): void => {
    const state = this.port.saveAndMask();
    this.port.acknowledgeOverflow();
    this.high += 1;
    this.port.restore(state);
    this.dispatch();
  };

  /** To be called by the compare interrupt. */
  onCompare = (): void => {
    this.port.acknowledgeCompare();
    this.dispatch();
  };

  /** For a chip with one vector for both. */
  onInterrupt = (): void => {
    if (this.port.overflowPending()) this.onOverflow();
    if (this.port.comparePending()) this.onCompare();
  };

  protected has(bug: Bug): boolean {
    return this.bugs.has(bug);
  }

  protected at(index: number): Slot {
    const slot = this.slots[index];
    if (slot === undefined) throw refusal("stale-handle");
    return slot;
  }

  protected live(handle: ListHandle): Slot {
    const slot = this.at(handle.slot);
    const same = slot.generation === handle.generation || this.has("no-generations");
    if (!slot.used || slot.retired || !same) throw refusal("stale-handle");
    return slot;
  }

  protected blank(generation: number): Slot {
    return {
      generation,
      used: false,
      retired: false,
      spec: idle,
      callback: () => {},
      deadline: 0,
      lastScheduled: 0,
      queued: false,
      taken: false,
      running: 0,
      fired: false,
      shut: false,
      overruns: 0,
      softWaiting: 0,
      softScheduled: 0,
    };
  }

  protected locked<T>(body: () => T): T {
    const state = this.port.saveAndMask();
    try {
      return body();
    } finally {
      this.port.restore(state);
    }
  }

  protected retire(index: number): void {
    const slot = this.at(index);
    slot.retired = true;
    slot.softWaiting = 0;
    if (this.has("slot-freed-in-interrupt")) this.free(index);
  }

  protected free(index: number): void {
    this.slots[index] = this.blank(this.at(index).generation + 1);
  }

  protected drain(): void {
    this.slots.forEach((slot, index) => {
      const finished = slot.retired && slot.running === 0;
      if (slot.used && finished) this.free(index);
    });
  }

  protected remove(index: number): void {
    this.list = this.list.filter((other) => other !== index);
  }

  protected unlink(index: number): void {
    this.remove(index);
    const slot = this.at(index);
    slot.taken = false;
    if (this.has("queued-soft-runs-after-stop")) return;
    slot.softWaiting = 0;
    this.soft = this.soft.filter((other) => other !== index);
  }

  protected insert(index: number): void {
    const deadline = this.at(index).deadline;
    const reversed = this.has("equal-deadlines-reversed");
    const place = this.list.findIndex((other) => {
      const theirs = this.at(other).deadline;
      return reversed ? theirs >= deadline : theirs > deadline;
    });
    if (place < 0) this.list.push(index);
    else this.list.splice(place, 0, index);
  }

  protected arm(handle: ListHandle, anchor: number, delta: number): "armed" | "late" {
    return this.locked(() => {
      const slot = this.live(handle);
      if (slot.shut) throw refusal("timer-shut-down");
      if (this.has("start-links-twice") && this.list.includes(handle.slot)) {
        this.list.push(handle.slot);
      } else this.unlink(handle.slot);
      const cut = this.has("delay-cut-to-counter") ? delta % this.compareLap : delta;
      slot.lastScheduled = anchor;
      slot.deadline = anchor + cut;
      slot.fired = false;
      const oldHead = this.list[0];
      this.insert(handle.slot);
      const becameHead = this.list[0] === handle.slot;
      const skip = this.has("earlier-head-not-programmed") && oldHead !== undefined && becameHead;
      if (!skip) this.program();
      return slot.deadline <= this.now() ? "late" : "armed";
    });
  }

  protected program(): void {
    const head = this.list[0];
    const port = this.port;
    if (head === undefined) {
      port.enableCompare(false);
      port.acknowledgeCompare();
      return;
    }
    const deadline = this.at(head).deadline;
    let ahead = port.minDeltaTicks;
    for (let tries = 0; tries < 32; tries += 1) {
      const now = this.now();
      const hop = Math.floor(this.compareLap * 0.75);
      const target = Math.max(now + Math.min(deadline - now, hop), now + ahead);
      port.acknowledgeCompare();
      port.setCompare(target % this.compareLap);
      port.enableCompare(true);
      if (this.has("late-compare-unnoticed")) return;
      if (this.now() < target || port.comparePending()) return;
      ahead *= 2;
    }
  }

  protected dispatch(): void {
    this.depth += 1;
    const cached = this.now();
    const served = new Set<number>();
    for (;;) {
      const state = this.port.saveAndMask();
      const now = this.now();
      const head = this.list[0];
      if (head === undefined || !this.isDue(head, now, cached) || served.has(head)) {
        this.program();
        this.port.restore(state);
        break;
      }
      const burst = this.at(head).spec.overrun === "burst";
      if (!burst) served.add(head);
      this.expire(head, state, now);
    }
    this.depth -= 1;
  }

  protected isDue(index: number, now: number, cached: number): boolean {
    const slot = this.at(index);
    if (slot.deadline <= now) return true;
    // By the old reading a timer armed since lies outside [start, deadline): taken for expired.
    return this.has("cached-now-for-the-pass") && cached < slot.lastScheduled - 1;
  }

  protected expire(index: number, state: number, now: number): void {
    const slot = this.at(index);
    let scheduled = slot.deadline;
    this.list.shift();
    if (slot.spec.mode === "periodic") scheduled = this.requeue(index, now);
    else slot.lastScheduled = scheduled;
    slot.fired = true;
    if (slot.spec.dispatch === "soft") {
      this.queueSoft(index, scheduled);
      this.port.restore(state);
      return;
    }
    this.enter(index, scheduled, state);
  }

  protected requeue(index: number, now: number): number {
    const slot = this.at(index);
    const period = slot.spec.periodTicks;
    const scheduled = slot.deadline;
    const missed = Math.floor((now - scheduled) / period);
    if (this.has("periodic-rearmed-from-now")) slot.deadline = now + period;
    else if (slot.spec.overrun === "burst" && !this.has("burst-loses-periods")) {
      slot.deadline += period;
    } else slot.deadline += (missed + 1) * period;
    if (slot.spec.overrun === "coalesce" && !this.has("overrun-uncounted")) {
      slot.overruns += missed;
    }
    const newest = slot.spec.overrun === "skip" ? scheduled + missed * period : scheduled;
    slot.lastScheduled = slot.deadline - period;
    this.insert(index);
    return newest;
  }

  protected queueSoft(index: number, scheduled: number): void {
    const slot = this.at(index);
    if (slot.softWaiting > 0) {
      if (slot.spec.overrun === "burst") slot.softWaiting += 1;
      else if (slot.spec.overrun === "coalesce") slot.overruns += 1;
      else slot.softScheduled = scheduled;
      return;
    }
    if (this.has("soft-queue-of-four") && this.soft.length >= 4) return;
    slot.softWaiting = 1;
    slot.softScheduled = scheduled;
    this.soft.push(index);
  }

  protected serveOne(): number {
    const state = this.port.saveAndMask();
    const index = this.soft.shift();
    const slot = index === undefined ? undefined : this.at(index);
    if (index === undefined || slot === undefined || slot.softWaiting === 0) {
      this.port.restore(state);
      return 0;
    }
    const scheduled = slot.softScheduled;
    slot.softWaiting -= 1;
    if (slot.softWaiting > 0) {
      slot.softScheduled += slot.spec.periodTicks;
      this.soft.push(index);
    }
    this.enter(index, scheduled, state);
    return 1;
  }

  protected enter(index: number, scheduled: number, state: number): void {
    const slot = this.at(index);
    slot.taken = true;
    this.port.restore(state);
    // An interrupt may have stopped it just now; from here to the call none can land.
    if (!slot.taken) return;
    slot.taken = false;
    slot.running += 1;
    try {
      slot.callback(scheduled);
    } catch (error) {
      if (this.has("throw-stops-the-pass")) throw error;
      this.onError("callback-threw");
    } finally {
      const again = this.port.saveAndMask();
      slot.running -= 1;
      const done = slot.spec.autoRelease && !this.list.includes(index);
      if (done && !this.has("fired-one-shots-leak")) this.retire(index);
      this.port.restore(again);
    }
  }
}

/** The error of a refused call. */
export function refusal(code: ConstructorParameters<typeof TimerError>[0]): TimerError {
  return new TimerError(code, code, "See the rule in the contract.");
}
