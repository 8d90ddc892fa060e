/**
 * What a chip offers to the timer HAL: the lower of Escapement's two narrow waists.
 *
 * A port is the whole of what a porter writes. The C header `esc_port.h` has the same members under
 * the same names in the same order (`esc_port_read_counter` for `readCounter`), bound at compile
 * time. Every member may be called with interrupts masked, from thread or interrupt context; none
 * may block, allocate or throw.
 *
 * The port also connects the interrupts: the overflow interrupt is on from the start and calls
 * {@link TimerHal.onOverflow}; the compare interrupt calls {@link TimerHal.onCompare}; a chip with
 * one vector for both calls {@link TimerHal.onInterrupt}.
 *
 * A chip that clears the overflow flag by itself when it enters the vector says so with `autoClear`,
 * and has to enter it with every other reader of the time held back until the HAL has masked (one
 * interrupt level, or the highest). On any other chip the flag stays up until the HAL acknowledges
 * it, which may be before the vector gets its turn: a vector that was latched then still comes, with
 * no flag pending, and counts nothing.
 *
 * Not promised by a port: that a compare nearer than `minDeltaTicks` matches, or that more than one
 * overflow can be distinguished from one while interrupts are masked.
 *
 * @example
 * ```ts
 * import type { TimerPort } from "@escapement/core";
 *
 * const regs = { TCNT: 0, OCR: 0, flags: 0, enabled: 0, masked: 0, level: 0 };
 * export const port: TimerPort = {
 *   counterBits: 16,
 *   frequencyHz: 2_000_000,
 *   minDeltaTicks: 1,
 *   readCounter: () => regs.TCNT,
 *   overflowPending: () => (regs.flags & 1) !== 0,
 *   acknowledgeOverflow: () => { regs.flags &= ~1; },
 *   setCompare: (ticks) => { regs.OCR = ticks; },
 *   enableCompare: (on) => { regs.enabled = on ? 1 : 0; },
 *   comparePending: () => (regs.flags & 2) !== 0,
 *   acknowledgeCompare: () => { regs.flags &= ~2; },
 *   saveAndMask: () => { const was = regs.masked; regs.masked = 1; return was; },
 *   restore: (state) => { regs.masked = state; },
 *   inInterrupt: () => regs.level > 0,
 * };
 * ```
 */
export interface TimerPort {
  /**
   * Width of the counter: 3 to 32 bits, extended by the HAL; or 33 to 64 when the chip itself never
   * wraps in practice (`readCounter` then returns the whole count, exact to 2^53, and
   * `overflowPending` is always false).
   */
  readonly counterBits: number;
  /** Width of the compare register where it is narrower than the counter; `counterBits` if absent. */
  readonly compareBits?: number;
  /** Counter ticks per second; a positive number, not necessarily an integer. */
  readonly frequencyHz: number;
  /**
   * The least distance, in ticks, of a compare just written; 1 or more. It is so long that the match
   * is sure to come, *and* that an interrupt which ends after the write is back in the thread before
   * it: with less, a timer that starts itself again at once keeps a core that goes from one interrupt
   * straight into the next (tail-chaining, as on a Cortex-M) in the interrupt for ever (rule CALL-12).
   */
  readonly minDeltaTicks: number;
  /**
   * Whether entering the overflow's own vector clears its flag, as on an AVR; default false. Then, and
   * only then, each entry counts a wrap. Where one vector serves both flags, false.
   */
  readonly autoClear?: boolean;
  /**
   * The counter now, counting up, 0 to 2^counterBits − 1; 0 just where the overflow flag rises. A
   * down-counter is turned round here, and in `setCompare` by the same rule: one whose flag rises at
   * the reload by `top - counter`, one whose flag rises at 0 by `-counter` modulo a lap.
   */
  readCounter(): number;
  /**
   * Whether the counter wrapped since the last acknowledgement, interrupts masked or not. Asking
   * changes nothing: asked twice it returns the same, and a flag that clears when it is read is kept
   * by the port. It agrees with the count: true no later than `readCounter` first shows the new lap,
   * and not before.
   */
  overflowPending(): boolean;
  /** Clears the latched overflow, and nothing else. */
  acknowledgeOverflow(): void;
  /** Writes the compare register: 0 to 2^compareBits − 1, counting up. */
  setCompare(ticks: number): void;
  /** Lets the compare interrupt through, or holds it back. A latched flag stays as it is. */
  enableCompare(on: boolean): void;
  /** Whether the compare matched since the last acknowledgement. Asking changes nothing. */
  comparePending(): boolean;
  /** Clears the latched compare flag, and nothing else. */
  acknowledgeCompare(): void;
  /**
   * Masks interrupts and returns the state as it was, for `restore`. Calls nest. Where other cores
   * or threads use the HAL it masks first, and then takes the one lock of the HAL, if not yet held.
   */
  saveAndMask(): number;
  /**
   * Puts the interrupt state back as `saveAndMask` found it, which may be masked. A lock taken by
   * that call is given up first, and then interrupts are let in.
   */
  restore(state: number): void;
  /** Whether the caller runs in interrupt context. */
  inInterrupt(): boolean;
  /**
   * Which thread is running, for a port with more than one; two contexts that can run at the same
   * time have different numbers. {@link Timer.stopSync} waits for a handler in flight only where this
   * says that another thread runs it. Without it one thread only may use the HAL (rule THR-01).
   */
  threadId?(): number;
  /** Lets another thread run while `stopSync` waits; only together with `threadId`. */
  relax?(): void;
}
