import { LAST_SEEN, WRAPS } from "./layout.js";
import type { TimerPort } from "./port.js";
import type { SharedState } from "./shared-state.js";

/**
 * The counter, extended in software by counting its wraps.
 *
 * Masking alone is no cure: the wrap is then pending. So the flag is tested after the counter was
 * read, and where it is set the counter is read again, which is then surely after the wrap (Ganssle,
 * "Asynchronicity", 2001). Exact as long as each wrap is counted before the next.
 */
export class Clock {
  /** Ticks in one lap; 0 where the counter needs no extension. */
  readonly lapTicks: number;
  private readonly port: TimerPort;
  private readonly state: SharedState;

  /** Reads that port. */
  constructor(port: TimerPort, state: SharedState) {
    this.port = port;
    this.state = state;
    this.lapTicks = port.counterBits > 32 ? 0 : 2 ** port.counterBits;
  }

  /** The time in ticks, with interrupts masked. At most two reads of the counter, no loop. */
  read(): number {
    const { port, state } = this;
    const counter = port.readCounter();
    if (port.overflowPending()) {
      return (state.load(WRAPS) + 1) * this.lapTicks + port.readCounter();
    }
    return state.load(WRAPS) * this.lapTicks + counter;
  }

  /**
   * Reads the time into the cell `LAST_SEEN`, with interrupts masked. The hot paths take it from
   * there: a large number that is returned from a function may cost an allocation.
   */
  update(): void {
    const { port, state } = this;
    const counter = port.readCounter();
    if (port.overflowPending()) {
      state.store(LAST_SEEN, (state.load(WRAPS) + 1) * this.lapTicks + port.readCounter());
    } else {
      state.store(LAST_SEEN, state.load(WRAPS) * this.lapTicks + counter);
    }
  }

  /**
   * Counts one wrap, with interrupts masked, and acknowledges it where the chip has not done so by
   * itself. Answers whether a wrap before it is proven lost; that one is counted, too.
   */
  countWrap(): boolean {
    const { port, state } = this;
    if (this.lapTicks === 0) {
      return false;
    }
    if (port.overflowPending()) {
      port.acknowledgeOverflow();
    }
    state.store(WRAPS, state.load(WRAPS) + 1);
    // Time cannot have gone back: when it seems to, the counter went round once more unseen.
    if (this.read() >= state.load(LAST_SEEN)) {
      return false;
    }
    state.store(WRAPS, state.load(WRAPS) + 1);
    return true;
  }
}
