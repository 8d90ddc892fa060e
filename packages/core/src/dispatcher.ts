import type { Engine } from "./engine.js";
import { HARD_LANE, SOFT_LANE, slotIn, threadIn } from "./lane.js";
import { ARMINGS, DISPATCHING, LAST_SEEN, SERVICING } from "./layout.js";
import { deadlineOf, dueOf, Flag, linkOf, withFlags, withoutFlags, wordOf } from "./slot.js";
import { timerErrors } from "./timer-errors.js";

/** The two passes that serve timers: the timer interrupt's, and the thread's `service()`. */
export class Dispatcher {
  readonly #engine: Engine;

  /** Serves that engine's timers. */
  constructor(engine: Engine) {
    this.#engine = engine;
  }

  /**
   * The timer interrupt: serves what is due, then programs the compare for what is not.
   *
   * Each arming made before the pass is served at most once in it, and none made during it, so it
   * ends even when handlers start themselves again. The time is read again for each timer. An
   * interrupt that nests into a pass leaves everything to it.
   */
  onCompare(): void {
    const engine = this.#engine;
    const { port, state, clock, queue } = engine;
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
      clock.update();
      if (state.load(dueOf(slot)) > state.load(LAST_SEEN) || state.load(linkOf(slot)) > newest) {
        break;
      }
      this.#serveDue(slot, was);
    }
    state.store(DISPATCHING, 0);
    // The time was updated when the last look at the queue found nothing due.
    engine.alarm.program();
    engine.restore(was);
  }

  /** Serves the head of the deadline queue: runs its handler, or leaves it to `service()`. */
  #serveDue(slot: number, was: number): void {
    const engine = this.#engine;
    const { state } = engine;
    engine.queue.remove(slot);
    const word = withoutFlags(state.load(wordOf(slot)), Flag.Pending);
    if ((word & Flag.Soft) !== 0) {
      state.store(wordOf(slot), withFlags(word, Flag.Queued));
      engine.softQueue.append(slot);
      return;
    }
    state.store(wordOf(slot), word);
    if (engine.take(HARD_LANE, slot)) {
      engine.enqueue(slot);
    }
    engine.run(HARD_LANE, slot, was);
  }

  /**
   * Runs the soft callbacks that wait; returns how many ran. What comes to wait during the pass is
   * left for the next, so it ends.
   *
   * A burst timer's missed periods up to the pass's begin are part of it. While another thread
   * serves, nothing is run and 0 is returned: what waits is left to that one, or to the next call.
   *
   * @throws TimerError `reentrant-service` inside a soft callback.
   */
  service(): number {
    const engine = this.#engine;
    const { port, state, clock, softQueue } = engine;
    const was = port.saveAndMask();
    if (state.load(SERVICING) !== 0) {
      const isOwn = this.#isServing();
      port.restore(was);
      if (!isOwn) {
        return 0;
      }
      throw timerErrors.reentrantService();
    }
    state.store(SERVICING, 1);
    softQueue.beginPass();
    clock.update();
    const begin = state.load(LAST_SEEN);
    let served = 0;
    for (let slot = softQueue.firstOfPass(); slot >= 0; slot = softQueue.firstOfPass()) {
      clock.update();
      this.#takeSoft(slot, begin);
      engine.run(SOFT_LANE, slot, was);
      served += 1;
    }
    state.store(SERVICING, 0);
    engine.restore(was);
    return served;
  }

  /** Whether the caller is inside a soft callback: always where there is one thread; else where it runs it. */
  #isServing(): boolean {
    const { port, state } = this.#engine;
    return (
      port.threadId === undefined ||
      (state.load(slotIn(SOFT_LANE)) !== 0 && state.load(threadIn(SOFT_LANE)) === port.threadId())
    );
  }

  /**
   * Takes the next callback of the pass into the lane. A periodic timer waits next in this pass where
   * its next expiry was due by the begin of the pass, else in the deadline queue.
   */
  #takeSoft(slot: number, begin: number): void {
    const engine = this.#engine;
    const { state, softQueue } = engine;
    softQueue.remove(slot);
    state.store(wordOf(slot), withoutFlags(state.load(wordOf(slot)), Flag.Queued));
    if (!engine.take(SOFT_LANE, slot)) {
      return;
    }
    if (state.load(deadlineOf(slot)) <= begin) {
      state.store(wordOf(slot), withFlags(state.load(wordOf(slot)), Flag.Queued));
      softQueue.appendToPass(slot);
      return;
    }
    engine.enqueue(slot);
    engine.rearm(engine.queue.first() === slot);
  }
}
