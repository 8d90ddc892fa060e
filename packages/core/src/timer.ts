import type { Engine } from "./engine.js";
import { LAST_SEEN } from "./layout.js";
import { anchorOf, deadlineOf, Flag, overrunsOf, periodOf, wordOf } from "./slot.js";
import { stopAndWait } from "./stop-sync.js";
import { settingsFrom } from "./timer-settings.js";
import * as steps from "./timer-steps.js";
import type {
  StartAt,
  StartResult,
  StopResult,
  TimerCallback,
  TimerMode,
  TimerOptions,
} from "./timer-types.js";
import { checkStartAt, checkTicks } from "./validation.js";

/** Options of `stopSync`. */
export interface StopSyncOptions {
  /** How long to wait for a handler in another thread, in ticks; 0 or more. Default: one second. */
  readonly timeoutTicks?: number;
}

/**
 * A timer, made by {@link TimerHal.timer}: a handle on a slot of the HAL.
 *
 * Every member may be used in any context, with interrupts masked or not, and takes a bounded time.
 * No getter changes anything.
 * After `deinit` (or, with `autoRelease`, after it fired or was stopped) the handle is stale: every
 * member but `deinit` and `generation` then throws `stale-handle`, and never reaches the timer that
 * has the slot now. After the HAL was closed they throw `hal-closed`.
 *
 * @example
 * ```ts
 * import type { TimerHal } from "@escapement/core";
 *
 * export function blink(hal: TimerHal, toggle: () => void): () => string {
 *   const timer = hal.timer({ mode: "periodic", periodUs: 500_000, callback: () => toggle() });
 *   timer.start(); // the first callback comes one period from now
 *   return () => timer.stop(); // "removed", "in-flight", "fired" or "idle"
 * }
 * ```
 */
export class Timer {
  /** How often the slot was given out; distinguishes this handle from those before and after it. */
  readonly generation: number;
  /** @internal */
  readonly slot: number;
  /** @internal Changed only while the slot is not pending. */
  callback: TimerCallback;
  /** @internal */
  readonly engine: Engine;

  /** @internal With interrupts masked, in the section in which the slot was claimed. */
  constructor(engine: Engine, slot: number, callback: TimerCallback) {
    this.engine = engine;
    this.slot = slot;
    this.generation = engine.registry.generationOf(slot);
    this.callback = callback;
  }

  /**
   * Starts it; starts over where it runs (rules ARM-02, ARM-11).
   *
   * Without an argument the schedule begins at the first whole tick that is not before the call,
   * `now() + 1`: a delay of d ticks waits d ticks and the rest of the running one, and is never
   * early. With one it begins at exactly `reference`, and the first expiry is at `reference + delta`
   * (ARM-05); a periodic timer goes on from there by its period. A start drops a soft callback that
   * still waits. In its own handler, or while that is in flight elsewhere, it arms the timer again.
   *
   * @returns `armed`; or, of a start at a reference only, `late` (the deadline has passed; the handler
   * runs as soon as the interrupt can, behind what is due already) or, with `late: "refuse"`,
   * `missed` (nothing changed).
   * @throws TimerError `invalid-argument` for a reference in the future or a value out of range,
   * `timer-shut-down`, `stale-handle`, `hal-closed`; then nothing changed.
   */
  start(at?: StartAt): StartResult {
    const { engine, slot } = this;
    const { state } = engine;
    if (at !== undefined) {
      checkStartAt(at);
      return steps.change(this, Flag.Shut, steps.startAt, at);
    }
    const was = engine.port.saveAndMask();
    steps.requireLive(this, Flag.Shut, was);
    engine.clock.update();
    const anchor = state.load(LAST_SEEN) + 1;
    const deadline = anchor + state.load(periodOf(slot));
    const wasFirst = engine.unarm(slot);
    state.store(anchorOf(slot), anchor);
    state.store(deadlineOf(slot), deadline);
    engine.arm(slot, wasFirst);
    engine.restore(was);
    return "armed";
  }

  /**
   * Stops it. After this returned no entry of its handler begins (rules STOP-01 to STOP-22); a soft
   * callback that waits is dropped.
   *
   * @returns what was found: `removed`, `in-flight`, `fired` or `idle`. Where its handler is in
   * flight that is the result, even if the handler had started it again.
   * @throws TimerError `stale-handle`, `hal-closed`.
   * @remarks Not promised: that a handler in flight has ended; see {@link Timer.stopSync}.
   */
  stop(): StopResult {
    const { engine } = this;
    const was = engine.port.saveAndMask();
    steps.requireLive(this, 0, was);
    const result = engine.stop(this.slot);
    engine.restore(was);
    return result;
  }

  /**
   * Stops it and waits for its handler, where another thread runs that (rules STOP-14 to STOP-16,
   * STOP-23). From its own handler, an interrupt, or on a port without threads it returns at once.
   *
   * It stops it again for as long as it waits. So after any result but `in-flight` the timer is neither
   * pending nor in flight, also where the handler started or released it meanwhile (rule THR-06).
   *
   * @returns as `stop()`; after waiting `fired`: the handler has ended. `in-flight` when it has
   * not, because waiting was not possible or the time was up.
   * A handle that its own handler released, and that still runs in another thread, is waited for, too.
   *
   * @throws TimerError `invalid-argument`; `stale-handle`, `hal-closed` as found at the call.
   * @remarks Not promised: an end before the timeout where the caller holds a lock that the handler
   * takes (rule THR-10).
   */
  stopSync(options: StopSyncOptions = {}): StopResult {
    const { engine } = this;
    const limit = options.timeoutTicks ?? Math.ceil(engine.port.frequencyHz);
    return stopAndWait(this, checkTicks("timeoutTicks", limit, 0));
  }

  /**
   * Stops it for good: a later `start`, `init` or `setPeriod` throws `timer-shut-down` (rules
   * STOP-17, STOP-18). The slot stays taken until `deinit`.
   *
   * @returns as `stop()`.
   * @throws TimerError `stale-handle`, `hal-closed`.
   */
  shutdown(): StopResult {
    return steps.change(this, 0, steps.shutDown, this.generation);
  }

  /**
   * Sets it up again, stopping it first; what `options` leave out stays as it was (rules LIFE-01,
   * LIFE-02, LIFE-13). Overruns, and that it fired, are forgotten. It is not running afterwards.
   *
   * @throws TimerError `invalid-argument`, `timer-shut-down`, `stale-handle`, `hal-closed`; then
   * nothing changed, and a running timer runs on.
   */
  init(options: Partial<TimerOptions> = {}): void {
    const { engine } = this;
    const { callback } = this;
    const before = steps.read(this, ({ state }, slot, flags) => ({
      flags,
      periodTicks: state.load(periodOf(slot)),
      callback,
    }));
    const settings = settingsFrom(options, engine.port.frequencyHz, before);
    const setUp = (_: Engine, slot: number) => {
      steps.setUp(engine, slot, settings);
      this.callback = settings.callback;
    };
    steps.change(this, Flag.Shut, setUp, undefined);
  }

  /**
   * Releases it: stops it and makes this handle stale. Its slot goes back to the pool at the next
   * collecting call (rules REG-06, REG-07, LIFE-03, LIFE-08). Twice is fine. Legal in its own handler,
   * which runs to its end.
   */
  deinit(): void {
    const { engine } = this;
    engine.masked(() => {
      if (engine.registry.generationOf(this.slot) === this.generation) {
        engine.release(this.slot);
      }
    });
  }

  /**
   * Ticks until it expires; 0 when it is due or not pending (rule ARM-24).
   *
   * @throws TimerError `stale-handle`, `hal-closed`.
   */
  remaining(): number {
    return Math.max(steps.change(this, 0, steps.remaining, undefined), 0);
  }

  /**
   * Whether something of it is still to come or in flight: pending, waiting for `service()`, or its
   * handler running and not stopped since (rule CALL-15).
   *
   * @throws TimerError `stale-handle`, `hal-closed`.
   */
  get active(): boolean {
    return steps.read(this, steps.isActive);
  }

  /**
   * Periods that passed without a callback since they were last taken; reading changes nothing. At
   * most 2^32 − 1 (rules PER-04, PER-16). Only the policy `coalesce` counts. Those of a soft callback
   * that still waits are added when it runs. Stopping and starting leave the count as it is.
   *
   * @throws TimerError `stale-handle`, `hal-closed`.
   */
  get overruns(): number {
    return steps.read(this, ({ state }, slot) => state.load(overrunsOf(slot)));
  }

  /**
   * Returns the overruns and sets them to 0, in one step: each is returned once (rule PER-09).
   *
   * @throws TimerError `stale-handle`, `hal-closed`.
   */
  takeOverruns(): number {
    return steps.read(this, steps.takeOverruns);
  }

  /**
   * Its period, or the one-shot's delay, in ticks.
   *
   * @throws TimerError `stale-handle`, `hal-closed`.
   */
  get periodTicks(): number {
    return steps.read(this, ({ state }, slot) => state.load(periodOf(slot)));
  }

  /**
   * Changes its period. The pending expiry moves by the difference of new and old, so the schedule
   * goes on from its last expiry; where that has passed it is due at once. The same in its own
   * handler (rules PER-06, PER-07). A soft callback that waits for `service()` stays, and the
   * schedule goes on from it.
   *
   * @throws TimerError `invalid-argument`, `timer-shut-down`, `stale-handle`, `hal-closed`; then
   * nothing changed.
   */
  setPeriod(ticks: number): void {
    checkTicks("The period", ticks, 1);
    steps.change(this, Flag.Shut, steps.setPeriod, ticks);
  }

  /**
   * In its handler: the scheduled time of this expiry (rule CALL-03). Elsewhere: the last time
   * of its schedule that has passed, or its start before the first; 0 before any start.
   *
   * @throws TimerError `stale-handle`, but not in its handler: that may have been released by an
   * interrupt before its first line; `hal-closed`.
   */
  get scheduledTicks(): number {
    return steps.scheduled(this);
  }

  /**
   * One-shot or periodic.
   *
   * @throws TimerError `stale-handle`, `hal-closed`.
   */
  get mode(): TimerMode {
    const word = steps.read(this, ({ state }, slot) => state.load(wordOf(slot)));
    return (word & Flag.Periodic) !== 0 ? "periodic" : "one-shot";
  }
}
