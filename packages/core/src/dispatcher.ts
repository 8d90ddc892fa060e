import type { Engine } from "./engine.js";
import {
  ARMINGS,
  DEADLINE,
  DISPATCHING,
  DUE,
  HARD_LANE,
  LANE_SLOT,
  LANE_THREAD,
  LAST_SEEN,
  LINK,
  PENDING,
  QUEUED,
  SERVICING,
  SOFT,
  SOFT_LANE,
  slotCell,
  WORD,
} from "./layout.js";
import { TimerError } from "./timer-error.js";

/** The two passes that serve timers: the timer interrupt's, and the thread's `service()`. */
export class Dispatcher {
  private readonly engine: Engine;

  /** Serves that engine's timers. */
  constructor(engine: Engine) {
    this.engine = engine;
  }

  /**
   * The timer interrupt: serves what is due, then sets the alarm for what is not.
   *
   * Each arming made before the pass is served at most once in it, and none made during it, so it
   * ends even when handlers start themselves again. The time is read anew for each timer. An
   * interrupt that nests into a pass leaves everything to it.
   */
  interrupt(): void {
    const { engine } = this;
    const { port, state, queue } = engine;
    const was = port.saveAndMask();
    // Before the time is looked at: a match that comes after that is to be kept.
    port.acknowledgeCompare();
    if (state.load(DISPATCHING) !== 0) {
      port.restore(was);
      return;
    }
    state.store(DISPATCHING, 1);
    const newest = state.load(ARMINGS);
    for (let slot = queue.first(); slot >= 0; slot = queue.first()) {
      const cell = slotCell(slot);
      engine.clock.update();
      if (state.load(cell + DUE) > state.load(LAST_SEEN) || state.load(cell + LINK) > newest) {
        break;
      }
      queue.remove(slot);
      const word = state.load(cell + WORD) - PENDING;
      if ((word & SOFT) !== 0) {
        state.store(cell + WORD, word + QUEUED);
        engine.soft.append(slot);
        continue;
      }
      state.store(cell + WORD, word);
      if (engine.take(HARD_LANE, slot)) {
        engine.enqueue(slot);
      }
      engine.run(HARD_LANE, slot, was);
    }
    state.store(DISPATCHING, 0);
    // The time was updated when the last look at the queue found nothing due.
    engine.alarm.program();
    engine.restore(was);
  }

  /**
   * Runs the soft callbacks that wait; returns how many ran. What comes to wait during the pass is
   * left for the next, so it ends.
   *
   * A burst timer's missed periods up to the pass's begin are part of it. While another thread
   * serves, nothing is run and the answer is 0: what waits is left to that one, or to the next call.
   *
   * @throws TimerError `reentrant-service` inside a soft callback.
   */
  service(): number {
    const { engine } = this;
    const { port, state, soft } = engine;
    const was = port.saveAndMask();
    if (state.load(SERVICING) !== 0) {
      const isOwn = this.isServing();
      port.restore(was);
      if (!isOwn) {
        return 0;
      }
      throw new TimerError(
        "reentrant-service",
        "service() was called from inside a soft callback",
        "Return from the callback; the running service() goes on with what waits.",
      );
    }
    state.store(SERVICING, 1);
    soft.beginPass();
    engine.clock.update();
    const begin = state.load(LAST_SEEN);
    let served = 0;
    for (let slot = soft.firstOfPass(); slot >= 0; slot = soft.firstOfPass()) {
      const cell = slotCell(slot);
      engine.clock.update();
      soft.remove(slot);
      state.store(cell + WORD, state.load(cell + WORD) - QUEUED);
      if (engine.take(SOFT_LANE, slot)) {
        this.requeue(slot, begin);
      }
      engine.run(SOFT_LANE, slot, was);
      served += 1;
    }
    state.store(SERVICING, 0);
    engine.restore(was);
    return served;
  }

  /** Whether the caller is inside a soft callback: always where there is one thread; else where it runs it. */
  private isServing(): boolean {
    const { port, state } = this.engine;
    return (
      port.threadId === undefined ||
      (state.load(SOFT_LANE + LANE_SLOT) !== 0 &&
        state.load(SOFT_LANE + LANE_THREAD) === port.threadId())
    );
  }

  /** Where a soft periodic timer waits next: in this pass where it is owed by its begin, else in the queue. */
  private requeue(slot: number, begin: number): void {
    const { engine } = this;
    const { state, soft } = engine;
    const cell = slotCell(slot);
    if (state.load(cell + DEADLINE) <= begin) {
      state.store(cell + WORD, state.load(cell + WORD) + QUEUED);
      soft.appendToPass(slot);
      return;
    }
    engine.enqueue(slot);
    if (engine.queue.first() === slot) {
      engine.headChanged();
    }
  }
}
