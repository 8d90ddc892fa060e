import { Alarm } from "./alarm.js";
import { Clock } from "./clock.js";
import { DeadlineQueue } from "./deadline-queue.js";
import type { HalOptions } from "./hal-types.js";
import { HARD_LANE, SOFT_LANE, scheduledIn, slotIn, stoppedIn, threadIn } from "./lane.js";
import { DISPATCHING, EXPIRIES, LAST_SEEN, WRAP_LOST } from "./layout.js";
import type { TimerPort } from "./port.js";
import { cellCount } from "./regions.js";
import { type CallableTimer, Registry } from "./registry.js";
import { Reporter } from "./reporter.js";
import { ArrayState, type SharedState } from "./shared-state.js";
import {
  anchorOf,
  deadlineOf,
  dueOf,
  Flag,
  overrunsOf,
  periodOf,
  withFlags,
  withoutFlags,
  wordOf,
} from "./slot.js";
import { SoftQueue } from "./soft-queue.js";
import type { StopResult } from "./timer-types.js";

/*
 * Why the HAL is as it is.
 *
 * A timer is a slot of the registry. Its states:
 *
 *           claim           arm                  take                   leave
 *   (free) ───────▶ idle ─────────▶ pending ─────────────▶ in a lane ─────────▶ idle, fired
 *                                      │ due, soft             ▲                 or pending
 *                                      └─────▶ queued ─────────┘ in service()
 *
 * Pending: in the deadline queue. Queued: the callback of a soft timer waits for service(). In a lane:
 * the handler is in flight. A periodic timer is put into the deadline queue again in the masked section
 * in which it is taken, before its handler runs: its schedule does not depend on the handler, and a
 * stop in the handler finds it pending and takes it out. So a timer can be in a lane and pending
 * together, and a handler may start, stop, set up or release its own timer: nothing of the slot is
 * written after the handler returned, but that its lane is empty.
 *
 * The lane. There is one for hard handlers and one for soft callbacks. The step from a queue into a
 * lane is one masked section, `take`: a stop, from whatever context, thread or core, finds the timer
 * in a queue (the handler will not run: `removed`), in a lane (it runs, or is about to: `in-flight`),
 * or in neither (`fired` or `idle`), and never in between. That is the whole of "stop means stopped".
 * A slot that was released is not given out again while it is in a lane.
 *
 * What a stop can meet. It takes the timer out of whatever queue it is in, then looks at the lanes. A
 * lane that holds the timer is marked: the timer is not active any more, although its handler runs.
 * `stop` never waits; `stopSync` looks again until the lane is empty, where another thread runs the
 * handler. Release is a stop that also gives the slot a new generation: older handles are refused from
 * then on, and the slot goes back to the pool in thread context only, so that no interrupt ever
 * changes the free list under the thread.
 *
 * Two looks at the clock. The counter is read, then its overflow flag, and where that is set the
 * counter again (`Clock`). The compare is written, then the time is read: where it has come too near
 * to the compare, or past it, the match may be a whole lap away, and the compare is written again
 * (`Alarm`). Each is a look after the act, because no mask stops a counter.
 *
 * Nothing starves. A deadline that has passed is due now, behind what is due already (`enqueue`), and
 * a pass of the interrupt serves only what was armed before it began (`Dispatcher`). A handler that
 * always starts itself again gets its turn and no more than that.
 *
 * All numbers that contexts share lie in `SharedState`, one access a call, so that the search can put
 * an interrupt before each of them. `Slots`, `Lane` and the parts below give the cells their names.
 */

const MAX_OVERRUNS = 2 ** 32 - 1;

/**
 * The parts of a HAL, and the steps on a slot that several of them need. All steps are to be
 * called with interrupts masked, but `masked` and `restore`.
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
  readonly softQueue: SoftQueue;
  /** Which slots are free. */
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
    this.queue = new DeadlineQueue(state, capacity);
    this.alarm = new Alarm(port, state, this.clock, this.queue);
    this.softQueue = new SoftQueue(state, capacity);
    this.registry = new Registry(port, state, capacity);
    this.reporter = new Reporter(port, state, options.onError);
  }

  /** Runs a step with interrupts masked; also one that looks at the clock, or that throws. */
  masked<Result>(step: () => Result): Result {
    const was = this.port.saveAndMask();
    try {
      return step();
    } finally {
      this.restore(was);
    }
  }

  /**
   * Ends a masked section, the interrupt state going back to what it was. Where a lap was found lost
   * since the last one ended, that is reported, once, outside of it.
   */
  restore(was: number): void {
    if (this.state.load(WRAP_LOST) === 0) {
      this.port.restore(was);
    } else {
      this.#restoreAndReport(was);
    }
  }

  #restoreAndReport(was: number): void {
    this.state.store(WRAP_LOST, 0);
    this.port.restore(was);
    this.reporter.overflowMissed();
  }

  /** Takes a slot back to idle before it is armed; returns whether it was the head of the queue. */
  unarm(slot: number): boolean {
    const word = this.state.load(wordOf(slot));
    return (word & (Flag.Pending | Flag.Queued | Flag.Fired)) !== 0 && this.#takeBack(slot, word);
  }

  /** Of a slot that is in a queue, or was served: a start clears the flag, so never both. */
  #takeBack(slot: number, word: number): boolean {
    const wasFirst = this.queue.first() === slot;
    if (!this.withdraw(slot)) {
      this.state.store(wordOf(slot), withoutFlags(word, Flag.Fired));
    }
    return wasFirst;
  }

  /** Starts a slot that has its deadline, by the time just updated. */
  arm(slot: number, wasFirst: boolean): void {
    this.enqueue(slot);
    if ((wasFirst || this.queue.first() === slot) && this.state.load(DISPATCHING) === 0) {
      this.alarm.program();
    }
  }

  /**
   * Puts a slot into the deadline queue by its deadline. One whose deadline has passed goes behind
   * what is due already, by the time as last updated, so that it cannot starve the others.
   */
  enqueue(slot: number): void {
    const { state } = this;
    const deadline = state.load(deadlineOf(slot));
    const now = state.load(LAST_SEEN);
    const cell = wordOf(slot);
    state.store(dueOf(slot), Math.max(deadline, now));
    state.store(cell, withFlags(state.load(cell), Flag.Pending));
    this.queue.insert(slot);
  }

  /** After a change of the queue: where its head changed, programs the compare. A pass does so at its end. */
  rearm(isHeadChanged: boolean): void {
    if (isHeadChanged && this.state.load(DISPATCHING) === 0) {
      this.clock.update();
      this.alarm.program();
    }
  }

  /**
   * Takes a due slot into a lane, by the time as last updated: from here on its handler is in
   * flight. Sets a periodic one's next deadline; the caller puts it into a queue.
   *
   * @returns whether the slot is periodic
   */
  take(lane: number, slot: number): boolean {
    const { port, state } = this;
    const now = state.load(LAST_SEEN);
    const word = state.load(wordOf(slot));
    const isPeriodic = (word & Flag.Periodic) !== 0;
    let scheduled = state.load(deadlineOf(slot));
    if (isPeriodic) {
      scheduled = this.#advance(slot, word, scheduled, now);
    } else {
      state.store(anchorOf(slot), scheduled);
      // A slot in a queue never has the flag: the start cleared it.
      state.store(wordOf(slot), withFlags(word, Flag.Fired));
    }
    state.store(slotIn(lane), slot + 1);
    state.store(stoppedIn(lane), 0);
    state.store(scheduledIn(lane), scheduled);
    if (port.threadId !== undefined) {
      state.store(threadIn(lane), port.threadId());
    }
    state.store(EXPIRIES, state.load(EXPIRIES) + 1);
    return isPeriodic;
  }

  /**
   * Moves a periodic slot to its next deadline; returns when the expiry to deliver was scheduled.
   * Missed periods cost a division, not a loop (rule PER-10).
   */
  #advance(slot: number, word: number, deadline: number, now: number): number {
    const { state } = this;
    const period = state.load(periodOf(slot));
    let scheduled = deadline;
    let passed = deadline;
    if ((word & Flag.Burst) === 0 && now - deadline >= period) {
      const missed = Math.floor((now - deadline) / period);
      passed = deadline + missed * period;
      if ((word & Flag.Skip) !== 0) {
        scheduled = passed;
      } else {
        state.store(
          overrunsOf(slot),
          Math.min(state.load(overrunsOf(slot)) + missed, MAX_OVERRUNS),
        );
      }
    }
    state.store(anchorOf(slot), passed);
    state.store(deadlineOf(slot), passed + period);
    return scheduled;
  }

  /** Runs the handler of the slot just taken into a lane, under the interrupt state `was`, until it has left the lane. */
  run(lane: number, slot: number, was: number): void {
    // Loaded in the masked section of the taking: an `init` that comes after it is of the next expiry.
    // It is there: a slot in a lane is not given back.
    const timer = this.registry.timers[slot] as CallableTimer;
    const { callback } = timer;
    this.port.restore(was);
    try {
      callback(timer);
    } catch (cause) {
      this.reporter.callbackThrew(slot, cause);
    }
    this.port.saveAndMask();
    this.#leave(lane, slot);
  }

  /** The handler returned: empties the lane, and retires a one-shot that releases itself. */
  #leave(lane: number, slot: number): void {
    const { state } = this;
    state.store(slotIn(lane), 0);
    const word = state.load(wordOf(slot));
    if ((word & Flag.AutoRelease) !== 0 && (word & (Flag.Pending | Flag.Queued)) === 0) {
      this.registry.retire(slot);
    }
  }

  /** Stops a slot and returns what was found. */
  stop(slot: number): StopResult {
    const wasFirst = this.queue.first() === slot;
    const wasWaiting = this.withdraw(slot);
    this.rearm(wasFirst);
    if (this.markStopped(slot)) {
      return "in-flight";
    }
    const word = this.state.load(wordOf(slot));
    if (!wasWaiting) {
      return (word & Flag.Fired) !== 0 ? "fired" : "idle";
    }
    if ((word & Flag.AutoRelease) !== 0) {
      this.registry.retire(slot);
    }
    return "removed";
  }

  /** Takes a slot out of the deadline queue or a soft list; returns whether it was in one. */
  withdraw(slot: number): boolean {
    const { state } = this;
    const word = state.load(wordOf(slot));
    if ((word & (Flag.Pending | Flag.Queued)) === 0) {
      return false;
    }
    if ((word & Flag.Pending) !== 0) {
      this.queue.remove(slot);
    } else {
      this.softQueue.remove(slot);
    }
    state.store(wordOf(slot), withoutFlags(word, Flag.Pending | Flag.Queued));
    return true;
  }

  /** Notes on handlers of that slot in flight that it was stopped; returns whether there are any. */
  markStopped(slot: number): boolean {
    const isHard = this.inFlight(HARD_LANE, slot);
    if (isHard) {
      this.state.store(stoppedIn(HARD_LANE), 1);
    }
    const isSoft = this.inFlight(SOFT_LANE, slot);
    if (isSoft) {
      this.state.store(stoppedIn(SOFT_LANE), 1);
    }
    return isHard || isSoft;
  }

  /** Whether a handler of that slot was taken into that lane and has not returned. */
  inFlight(lane: number, slot: number): boolean {
    return this.state.load(slotIn(lane)) === slot + 1;
  }

  /** Takes a slot out of its queue and makes its handles stale. A handler in flight stays in its lane. */
  release(slot: number): void {
    const wasFirst = this.queue.first() === slot;
    this.withdraw(slot);
    this.registry.retire(slot);
    this.rearm(wasFirst);
  }
}
