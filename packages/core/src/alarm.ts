import type { Clock } from "./clock.js";
import type { DeadlineQueue } from "./deadline-queue.js";
import { COMPARE_ON, LAST_SEEN } from "./layout.js";
import type { TimerPort } from "./port.js";
import type { SharedState } from "./shared-state.js";
import { dueOf } from "./slot.js";

/** More doublings than any compare register has bits. */
const TRIES = 32;

/**
 * The one hardware compare, kept at the head of the deadline queue.
 *
 * A compare that is written too late would match a whole lap later. So after writing, the time is
 * read again; where the match cannot be relied on, it is written once more, further ahead each time.
 */
export class Alarm {
  /** The furthest that a compare is programmed ahead; a deadline beyond it is reached in hops. */
  readonly reachTicks: number;
  readonly #port: TimerPort;
  readonly #state: SharedState;
  readonly #clock: Clock;
  readonly #queue: DeadlineQueue;
  readonly #modulus: number;
  readonly #minDeltaTicks: number;

  /** Drives the compare of that port. */
  constructor(port: TimerPort, state: SharedState, clock: Clock, queue: DeadlineQueue) {
    const modulus = 2 ** (port.compareBits ?? port.counterBits);
    this.#port = port;
    this.#state = state;
    this.#clock = clock;
    this.#queue = queue;
    this.#modulus = modulus;
    this.#minDeltaTicks = port.minDeltaTicks;
    // A quarter of a lap is left for the interrupt that takes the hop.
    this.reachTicks = Math.max(modulus * 0.75, port.minDeltaTicks);
  }

  /**
   * Sets the compare for the head of the queue, or switches it off. With interrupts masked, and the
   * time just updated.
   */
  program(): void {
    const port = this.#port;
    const state = this.#state;
    const slot = this.#queue.first();
    if (slot < 0) {
      if (state.load(COMPARE_ON) !== 0) {
        this.disable();
      }
      return;
    }
    const due = state.load(dueOf(slot));
    let now = state.load(LAST_SEEN);
    let ahead = this.#minDeltaTicks;
    for (let tries = 0; tries < TRIES; tries += 1) {
      let aim = due;
      if (aim < now + ahead) {
        aim = now + ahead;
      } else if (aim > now + this.reachTicks) {
        aim = now + this.reachTicks;
      }
      port.setCompare(aim - Math.floor(aim / this.#modulus) * this.#modulus);
      // A match of the old setting is stale. One of the new setting that is wiped out here was so
      // near that the check below sees it.
      port.acknowledgeCompare();
      if (state.load(COMPARE_ON) === 0) {
        state.store(COMPARE_ON, 1);
        port.enableCompare(true);
      }
      this.#clock.update();
      now = state.load(LAST_SEEN);
      // The write came no later than this reading: that far ahead, the match is sure to come.
      if (aim - now >= this.#minDeltaTicks || port.comparePending()) {
        return;
      }
      ahead = Math.min(ahead * 2, this.reachTicks);
    }
  }

  /** Switches the compare off and forgets a latched match. With interrupts masked. */
  disable(): void {
    this.#state.store(COMPARE_ON, 0);
    this.#port.enableCompare(false);
    this.#port.acknowledgeCompare();
  }
}
