import { TimerError, type TimerPort } from "@escapement/core";
import type { DriverTimerSpec, Refusal } from "@escapement/scenario";
import type { Switch } from "./broken-boards.js";

export type Callback = (scheduledTicks: number) => void;

export interface Slot {
  generation: number;
  used: boolean;
  retired: boolean;
  spec: DriverTimerSpec;
  callback: Callback;
  deadline: number;
  /** When it was armed, or armed again: an arming is not due before it. */
  armedAt: number;
  lastScheduled: number;
  queued: boolean;
  running: number;
  /** Of those running, the ones that `init` made foreign to the timer. */
  disowned: number;
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

/** Slots, the list sorted by when they are due, and the compare: what {@link ListHal} stands on. */
export abstract class ListEngine {
  readonly capacity = 16;
  readonly maxDelayTicks = 2 ** 40;
  readonly generations = true;
  onError: (code: Refusal) => void = () => {};
  protected readonly port: TimerPort;
  readonly #switches: ReadonlySet<Switch>;
  protected readonly lap: number;
  protected readonly compareLap: number;
  protected readonly slots: Slot[] = [];
  protected list: number[] = [];
  protected soft: number[] = [];
  protected high = 0;
  protected depth = 0;
  #leaked = 0;
  #noted = false;
  readonly #armedInInterrupt = new Set<number>();

  constructor(port: TimerPort, switches: readonly Switch[] = []) {
    this.port = port;
    this.#switches = new Set(switches);
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
    if (this.has("wrap-left-to-its-vector")) {
      this.port.acknowledgeOverflow();
      this.high += 1;
    } else {
      if (this.port.autoClear === true) this.high += 1;
      this.countWrap();
    }
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
    const state = this.port.saveAndMask();
    this.countWrap();
    this.port.restore(state);
    this.port.acknowledgeCompare();
    this.dispatch();
  };

  /** Where handlers come back to back, the overflow's vector may not get its turn for longer than a lap. */
  protected countWrap(): void {
    if (this.lap === 0 || !this.port.overflowPending()) return;
    this.port.acknowledgeOverflow();
    this.high += 1;
  }

  protected has(bug: Switch): boolean {
    return this.#switches.has(bug);
  }

  protected at(index: number): Slot {
    const slot = this.slots[index];
    if (slot === undefined) throw refusal("stale-handle");
    return slot;
  }

  /** A live timer that was not shut down. */
  protected startable(handle: ListHandle): Slot {
    const slot = this.live(handle);
    if (slot.shut) throw refusal("timer-shut-down");
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
      armedAt: 0,
      lastScheduled: 0,
      queued: false,
      running: 0,
      disowned: 0,
      fired: false,
      shut: false,
      overruns: 0,
      softWaiting: 0,
      softScheduled: 0,
    };
  }

  protected locked<T>(body: () => T): T {
    const state = this.port.saveAndMask();
    let refused = true;
    try {
      const result = body();
      refused = false;
      return result;
    } finally {
      if (!refused || !this.has("refusal-leaves-mask")) this.port.restore(state);
    }
  }

  protected retire(index: number): void {
    const slot = this.at(index);
    slot.retired = true;
    if (!this.has("release-leaves-soft-waiting")) slot.softWaiting = 0;
    if (this.has("slot-freed-in-interrupt")) this.free(index);
  }

  protected free(index: number): void {
    this.slots[index] = this.blank(this.at(index).generation + 1);
  }

  protected drain(): void {
    this.slots.forEach((slot, index) => {
      const finished = slot.retired && slot.running === 0 && slot.softWaiting === 0;
      if (slot.used && finished) this.free(index);
    });
  }

  protected remove(index: number): void {
    const first = this.list.indexOf(index);
    const onlyFirst = this.has("start-over-an-interrupts-links-twice");
    this.list = this.list.filter((other, at) => other !== index || (onlyFirst && at !== first));
  }

  protected unlink(index: number): void {
    this.remove(index);
    const slot = this.at(index);
    if (this.has("queued-soft-runs-after-stop")) return;
    slot.softWaiting = 0;
    this.leavePass(index);
    if (this.has("restart-leaves-queue-entry")) return;
    this.soft = this.soft.filter((other) => other !== index);
  }

  /** When an arming comes due: at its deadline, but not before it was made. */
  #dueTicks(index: number): number {
    const { deadline, armedAt } = this.at(index);
    return this.has("late-arming-overtakes") ? deadline : Math.max(deadline, armedAt);
  }

  protected insert(index: number): void {
    const due = this.#dueTicks(index);
    const reversed = this.has("equal-deadlines-reversed");
    const place = this.list.findIndex((other) => {
      const theirs = this.#dueTicks(other);
      return reversed ? theirs >= due : theirs > due;
    });
    if (place < 0) this.list.push(index);
    else this.list.splice(place, 0, index);
  }

  /** Arms a live timer, with interrupts masked. */
  protected arm(index: number, anchor: number, delta: number): void {
    const slot = this.at(index);
    if (this.list.includes(index) && this.#linksTwice(index)) this.list.push(index);
    else this.unlink(index);
    if (this.port.inInterrupt()) this.#armedInInterrupt.add(index);
    else this.#armedInInterrupt.delete(index);
    const cut = this.has("delay-cut-to-counter") ? delta % this.compareLap : delta;
    this.#leakCheck();
    slot.lastScheduled = anchor;
    slot.deadline = anchor + cut;
    slot.armedAt = this.now();
    slot.fired = false;
    if (this.has("start-clears-overruns")) slot.overruns = 0;
    const oldHead = this.list[0];
    this.insert(index);
    const becameHead = this.list[0] === index;
    const skip = this.has("earlier-head-not-programmed") && oldHead !== undefined && becameHead;
    if (!skip) this.program();
  }

  #linksTwice(index: number): boolean {
    if (this.has("start-links-twice")) return true;
    const isOver = this.#armedInInterrupt.has(index) && !this.port.inInterrupt();
    return isOver && this.has("start-over-an-interrupts-links-twice");
  }

  /** The second of two stops in a row is put aside for good, and what is put aside fills the registry. */
  protected noteStop(): void {
    const leaks =
      this.has("second-stop-leaks") ||
      (this.has("second-stop-in-interrupt-leaks") && this.port.inInterrupt());
    if (leaks && this.#noted) this.#leaked += 1;
    this.#noted = leaks;
  }

  #leakCheck(): void {
    this.#noted = false;
    if (this.#leaked >= this.capacity) throw refusal("capacity-exhausted");
  }

  protected program(): void {
    const head = this.list[0];
    const port = this.port;
    if (head === undefined) {
      port.enableCompare(false);
      port.acknowledgeCompare();
      return;
    }
    // A match that waits is not put off: calls that follow each other closely would do so for ever.
    if (port.comparePending()) {
      port.enableCompare(true);
      return;
    }
    const deadline = this.at(head).deadline;
    let ahead = port.minDeltaTicks;
    let now = this.now();
    for (let tries = 0; tries < 32; tries += 1) {
      const hop = Math.floor(this.compareLap * 0.75);
      const target = Math.max(now + Math.min(deadline - now, hop), now + ahead);
      port.acknowledgeCompare();
      port.setCompare(target % this.compareLap);
      port.enableCompare(true);
      if (this.has("late-compare-unnoticed")) return;
      const before = now;
      now = this.now();
      if (target - now >= port.minDeltaTicks || port.comparePending()) return;
      // As far ahead as this try took, and more.
      ahead = Math.max(2 * ahead, now - before + port.minDeltaTicks);
    }
  }

  /** What does not wait any more is no part of the running `service()`. */
  protected abstract leavePass(index: number): void;

  /** Runs what is due. */
  protected abstract dispatch(): void;
}

/** The error of a refused call. */
export function refusal(code: ConstructorParameters<typeof TimerError>[0]): TimerError {
  return new TimerError(code, code, "See the rule in the contract.");
}
