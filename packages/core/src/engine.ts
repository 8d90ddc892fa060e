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
  LANE_ENTERED,
  LANE_SCHEDULED,
  LANE_SLOT,
  LANE_STATE,
  LANE_STOPPED,
  LANE_TAKEN,
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
} from "./layout.js";
import type { TimerPort } from "./port.js";
import { Registry } from "./registry.js";
import { Reporter } from "./reporter.js";
import { ArrayState, type SharedState } from "./shared-state.js";
import { SoftQueue } from "./soft-queue.js";
import type { HalOptions, StopAnswer } from "./timer-types.js";

const MAX_OVERRUNS = 2 ** 32 - 1;

/**
 * The parts of a HAL, and the steps on a slot that several of them need. All steps are to be
 * called with interrupts masked, but for `enter`.
 *
 * A timer taken from the queue goes through a *lane* (one for hard handlers, one for soft
 * callbacks, so one handler each can be in flight): taken, then entered. A stop that lands between
 * the two still prevents the handler, because the lane is looked at once more just before the call.
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

  /** Takes a slot out of the queue, a soft list, or a lane not yet entered; answers whether it was in one. */
  withdraw(slot: number): boolean {
    const { state } = this;
    const cell = slotCell(slot);
    const word = state.load(cell + WORD);
    const flags = word & (PENDING | QUEUED);
    let found = false;
    if (flags !== 0) {
      if ((flags & PENDING) !== 0) {
        this.queue.remove(slot);
      } else {
        this.soft.remove(slot);
      }
      state.store(cell + WORD, word - flags);
      found = true;
    }
    if (this.leaveLane(HARD_LANE, slot)) {
      found = true;
    }
    if (this.leaveLane(SOFT_LANE, slot)) {
      found = true;
    }
    return found;
  }

  /** Stops a slot and says what was found. The alarm is kept at the head of the queue. */
  stop(slot: number): StopAnswer {
    const { state } = this;
    const cell = slotCell(slot);
    const wasFirst = this.queue.first() === slot;
    const found = this.withdraw(slot);
    if (wasFirst) {
      this.headChanged();
    }
    if (this.markStopped(slot)) {
      return "in-flight";
    }
    const word = state.load(cell + WORD);
    if (!found) {
      return (word & FIRED) !== 0 ? "fired" : "idle";
    }
    if ((word & AUTO_RELEASE) !== 0) {
      this.registry.retire(slot);
    } else if ((word & FIRED) !== 0) {
      // It was taken, which counts as fired, but the handler will not run after all.
      state.store(cell + WORD, word - FIRED);
    }
    return "removed";
  }

  /** Takes a slot out of everything and makes its handles stale. */
  release(slot: number): void {
    const { state } = this;
    const wasFirst = this.queue.first() === slot;
    this.withdraw(slot);
    // The handler may be running; its lane must not be taken for that of the slot's next timer.
    if (this.inFlight(HARD_LANE, slot)) {
      state.store(HARD_LANE + LANE_SLOT, 0);
    }
    if (this.inFlight(SOFT_LANE, slot)) {
      state.store(SOFT_LANE + LANE_SLOT, 0);
    }
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

  /** Notes on handlers of that slot in flight that it was stopped; answers whether there are any. */
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

  /** Whether a handler of that slot was entered in that lane and has not returned. */
  inFlight(lane: number, slot: number): boolean {
    const { state } = this;
    return (
      state.load(lane + LANE_SLOT) === slot + 1 && state.load(lane + LANE_STATE) !== LANE_TAKEN
    );
  }

  /**
   * Puts a due slot into a lane, by the time as last remembered, and sets a periodic one's next
   * deadline; the caller queues it. Missed periods cost a division, not a loop.
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
    state.store(lane + LANE_STATE, LANE_TAKEN);
    state.store(lane + LANE_SCHEDULED, scheduled);
    if (port.threadId !== undefined) {
      state.store(lane + LANE_THREAD, port.threadId());
    }
    state.store(EXPIRIES, state.load(EXPIRIES) + 1);
    return periodic;
  }

  /** Runs the handler of the slot in that lane, unless it was withdrawn since; answers whether. Not masked. */
  enter(lane: number, slot: number): boolean {
    const { state } = this;
    const timer = this.registry.timers[slot];
    // From here on a stop answers "in-flight"; one that came before has emptied the lane.
    state.store(lane + LANE_STATE, LANE_ENTERED);
    if (state.load(lane + LANE_SLOT) !== slot + 1 || timer === undefined) {
      return false;
    }
    try {
      timer.callback(timer);
    } catch (cause) {
      this.reporter.callbackThrew(slot, cause);
    }
    return true;
  }

  /** The handler returned: empties the lane, and releases a one-shot that nobody keeps. */
  leave(lane: number, slot: number): void {
    const { state } = this;
    if (state.load(lane + LANE_SLOT) !== slot + 1) {
      return;
    }
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

  private leaveLane(lane: number, slot: number): boolean {
    const { state } = this;
    if (state.load(lane + LANE_SLOT) !== slot + 1 || this.inFlight(lane, slot)) {
      return false;
    }
    state.store(lane + LANE_SLOT, 0);
    state.store(EXPIRIES, state.load(EXPIRIES) - 1);
    return true;
  }
}
