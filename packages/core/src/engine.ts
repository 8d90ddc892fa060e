import { Alarm } from "./alarm.js";
import { Clock } from "./clock.js";
import type { DeadlineQueue } from "./deadline-queue.js";
import { HeapQueue } from "./heap-queue.js";
import {
  ANCHOR,
  AUTO_RELEASE,
  BURST,
  cellCount,
  DEADLINE,
  DISPATCHING,
  DUE,
  EXPIRIES,
  FIRED,
  FLAG_MASK,
  HARD_LANE,
  LANE_RUNNING,
  LANE_SCHEDULED,
  LANE_SLOT,
  LANE_STATE,
  LANE_STOPPED,
  LANE_THREAD,
  LAST_SEEN,
  OVERRUNS,
  PENDING,
  PERIOD,
  PERIODIC,
  QUEUED,
  SKIP,
  SOFT_LANE,
  slotCell,
  WORD,
  WRAP_LOST,
} from "./layout.js";
import type { TimerPort } from "./port.js";
import { Registry } from "./registry.js";
import { Reporter } from "./reporter.js";
import { ArrayState, type SharedState } from "./shared-state.js";
import { SoftQueue } from "./soft-queue.js";
import type { HalOptions, StopResult } from "./timer-types.js";

const MAX_OVERRUNS = 2 ** 32 - 1;

/**
 * The parts of a HAL, and the steps on a slot that several of them need. All steps are to be
 * called with interrupts masked.
 *
 * A timer taken from the queue goes into a *lane* (one for hard handlers, one for soft callbacks,
 * so one handler each can be in flight) in the same masked section. There is no moment at which a
 * stop, from whatever context, thread or core, could find it in neither.
 */
export class Engine {
  /** The chip. */
  readonly port: TimerPort;
  /** The shared numbers. */
  readonly state: SharedState;
  /** The time. */
  readonly clock: Clock;
  /** The pending timers. */
  readonly queue: DeadlineQueue;
  /** The hardware compare. */
  readonly alarm: Alarm;
  /** Soft callbacks that wait. */
  readonly soft: SoftQueue;
  /** The slots. */
  readonly registry: Registry;
  /** The error hook. */
  readonly reporter: Reporter;

  /** Puts the parts together over fresh state. */
  constructor(port: TimerPort, capacity: number, options: HalOptions) {
    const cells = cellCount(capacity);
    const state = options.state === undefined ? new ArrayState(cells) : options.state(cells);
    this.port = port;
    this.state = state;
    this.clock = new Clock(port, state);
    this.queue = new HeapQueue(state, capacity);
    this.alarm = new Alarm(port, state, this.clock, this.queue);
    this.soft = new SoftQueue(state, capacity);
    this.registry = new Registry(port, state, capacity);
    this.reporter = new Reporter(port, state, options.onError);
  }

  /**
   * Puts a slot into the queue by its cell `DEADLINE`. One whose deadline has passed goes behind
   * what is due already, by the time as last remembered, so that it cannot starve the others.
   */
  enqueue(slot: number): void {
    const { state } = this;
    const cell = slotCell(slot);
    const deadline = state.load(cell + DEADLINE);
    const now = state.load(LAST_SEEN);
    state.store(cell + DUE, Math.max(deadline, now));
    state.store(cell + WORD, state.load(cell + WORD) + PENDING);
    this.queue.insert(slot);
  }

  /**
   * Ends a masked section, the interrupt state going back to what it was. Where a lap was found lost
   * since the last one ended, that is reported, once, outside of it.
   */
  restore(was: number): void {
    const { state } = this;
    const isWrapLost = state.load(WRAP_LOST) !== 0;
    if (isWrapLost) {
      state.store(WRAP_LOST, 0);
    }
    this.port.restore(was);
    if (isWrapLost) {
      this.reporter.overflowMissed();
    }
  }

  /** Takes a slot out of the queue or a soft list; returns whether it was in one. */
  withdraw(slot: number): boolean {
    const { state } = this;
    const cell = slotCell(slot);
    const word = state.load(cell + WORD);
    const flags = word & (PENDING | QUEUED);
    if (flags === 0) {
      return false;
    }
    if ((flags & PENDING) !== 0) {
      this.queue.remove(slot);
    } else {
      this.soft.remove(slot);
    }
    state.store(cell + WORD, word - flags);
    return true;
  }

  /** Stops a slot and says what was found. The alarm is kept at the head of the queue. */
  stop(slot: number): StopResult {
    const wasFirst = this.queue.first() === slot;
    const found = this.withdraw(slot);
    if (wasFirst) {
      this.headChanged();
    }
    if (this.markStopped(slot)) {
      return "in-flight";
    }
    const flags = this.flagsOf(slot);
    if (!found) {
      return (flags & FIRED) !== 0 ? "fired" : "idle";
    }
    if ((flags & AUTO_RELEASE) !== 0) {
      this.registry.retire(slot);
    }
    return "removed";
  }

  /** Takes a slot out of everything and makes its handles stale. A handler in flight stays in its lane. */
  release(slot: number): void {
    const wasFirst = this.queue.first() === slot;
    this.withdraw(slot);
    this.registry.retire(slot);
    if (wasFirst) {
      this.headChanged();
    }
  }

  /** Re-programs the alarm, unless the running pass does so at its end anyway. */
  headChanged(): void {
    if (this.state.load(DISPATCHING) === 0) {
      this.clock.update();
      this.alarm.program();
    }
  }

  /** Notes on handlers of that slot in flight that it was stopped; returns whether there are any. */
  markStopped(slot: number): boolean {
    const hard = this.inFlight(HARD_LANE, slot);
    if (hard) {
      this.state.store(HARD_LANE + LANE_STATE, LANE_STOPPED);
    }
    const soft = this.inFlight(SOFT_LANE, slot);
    if (soft) {
      this.state.store(SOFT_LANE + LANE_STATE, LANE_STOPPED);
    }
    return hard || soft;
  }

  /** Whether a handler of that slot was taken into that lane and has not returned. */
  inFlight(lane: number, slot: number): boolean {
    return this.state.load(lane + LANE_SLOT) === slot + 1;
  }

  /**
   * Puts a due slot into a lane, by the time as last remembered: from here on its handler is in
   * flight. Sets a periodic one's next deadline; the caller queues it. Missed periods cost a division, not a loop.
   *
   * @returns whether the slot is periodic
   */
  take(lane: number, slot: number): boolean {
    const { port, state } = this;
    const cell = slotCell(slot);
    const now = state.load(LAST_SEEN);
    const word = state.load(cell + WORD);
    const periodic = (word & PERIODIC) !== 0;
    let scheduled = state.load(cell + DEADLINE);
    if (!periodic) {
      state.store(cell + ANCHOR, scheduled);
      // A slot in the queue never has the flag: the start cleared it.
      state.store(cell + WORD, word + FIRED);
    } else {
      const period = state.load(cell + PERIOD);
      let passed = scheduled;
      if ((word & BURST) === 0 && now - scheduled >= period) {
        const missed = Math.floor((now - scheduled) / period);
        passed = scheduled + missed * period;
        if ((word & SKIP) !== 0) {
          scheduled = passed;
        } else {
          const overruns = state.load(cell + OVERRUNS) + missed;
          state.store(cell + OVERRUNS, Math.min(overruns, MAX_OVERRUNS));
        }
      }
      state.store(cell + ANCHOR, passed);
      state.store(cell + DEADLINE, passed + period);
    }
    state.store(lane + LANE_SLOT, slot + 1);
    state.store(lane + LANE_STATE, LANE_RUNNING);
    state.store(lane + LANE_SCHEDULED, scheduled);
    if (port.threadId !== undefined) {
      state.store(lane + LANE_THREAD, port.threadId());
    }
    state.store(EXPIRIES, state.load(EXPIRIES) + 1);
    return periodic;
  }

  /** Runs the handler of the slot just taken into a lane, under the interrupt state `was`, until it has left the lane. */
  run(lane: number, slot: number, was: number): void {
    // Loaded in the masked section of the taking: an `init` that comes after it is of the next expiry.
    const timer = this.registry.timers[slot];
    const callback = timer?.callback;
    this.port.restore(was);
    try {
      if (timer !== undefined) {
        callback?.(timer);
      }
    } catch (cause) {
      this.reporter.callbackThrew(slot, cause);
    }
    this.port.saveAndMask();
    this.leave(lane, slot);
  }

  /** The handler returned: empties the lane, and releases a one-shot that nobody keeps. */
  private leave(lane: number, slot: number): void {
    const { state } = this;
    state.store(lane + LANE_SLOT, 0);
    const word = state.load(slotCell(slot) + WORD);
    if ((word & (AUTO_RELEASE | PENDING | QUEUED)) === AUTO_RELEASE) {
      this.registry.retire(slot);
    }
  }

  /** The flags of a slot's word. */
  flagsOf(slot: number): number {
    return this.state.load(slotCell(slot) + WORD) & FLAG_MASK;
  }
}
