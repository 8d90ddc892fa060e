import type { Engine } from "./engine.js";
import {
  ANCHOR,
  CLOSED,
  DEADLINE,
  DISPATCHING,
  FIRED,
  FLAG_MASK,
  GENERATION,
  HARD_LANE,
  LANE_SCHEDULED,
  LANE_SLOT,
  LANE_STATE,
  LANE_STOPPED,
  LAST_SEEN,
  OVERRUNS,
  PENDING,
  PERIOD,
  PERIODIC,
  QUEUED,
  REFUSE,
  SHUT,
  SOFT_LANE,
  slotCell,
  WORD,
} from "./layout.js";
import { isLeftRunning, waitForHandlers } from "./stop-sync.js";
import { TimerError } from "./timer-error.js";
import { SETTING_FLAGS, settingsFrom, type TimerSettings } from "./timer-settings.js";
import type {
  StartAt,
  StartResult,
  StopResult,
  TimerCallback,
  TimerMode,
  TimerOptions,
} from "./timer-types.js";
import { checkStartAt, checkTicks, invalid } from "./validation.js";

/** What `stopSync` may be told. */
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
  /** How often the slot was given out; tells this handle from those before and after it. */
  readonly generation: number;
  /** @internal */
  readonly slot: number;
  /** @internal Changed only while the slot is not pending. */
  callback: TimerCallback;
  private readonly engine: Engine;

  /** @internal With interrupts masked, in the section in which the slot was claimed. */
  constructor(engine: Engine, slot: number, settings: TimerSettings) {
    this.engine = engine;
    this.slot = slot;
    this.generation = engine.registry.generationOf(slot);
    this.callback = settings.callback;
    const { state } = engine;
    const cell = slotCell(slot);
    state.store(cell + WORD, state.load(cell + WORD) + settings.flags);
    state.store(cell + PERIOD, settings.periodTicks);
    state.store(cell + ANCHOR, 0);
    state.store(cell + OVERRUNS, 0);
  }

  /**
   * Starts it; starts over where it runs (rules ARM-02, ARM-11).
   *
   * Without an argument the schedule begins at the first whole tick that is not before the call,
   * `now() + 1`: a delay of d ticks waits d ticks and the rest of the running one, and is never
   * early. With one it begins at exactly `reference`, and the first expiry is at `reference + delta`
   * (ARM-05); a periodic timer goes on from there by its period. A start drops a soft callback that
   * still waits. In its own handler, or while that is in flight elsewhere, it arms the timer anew.
   *
   * @returns `armed`; or, of a start at a reference only, `late` (the moment has passed; the handler
   * runs as soon as the interrupt can, behind what is due already) or, with `late: "refuse"`,
   * `missed` (nothing changed).
   * @throws TimerError `invalid-argument` for a reference in the future or a value out of range,
   * `timer-shut-down`, `stale-handle`, `hal-closed`; then nothing changed.
   */
  start(at?: StartAt): StartResult {
    if (at !== undefined) {
      checkStartAt(at);
    }
    const { engine, slot } = this;
    const { port, state, queue } = engine;
    const was = port.saveAndMask();
    const cell = slotCell(slot);
    const flags = this.flags(was);
    if ((flags & SHUT) !== 0) {
      port.restore(was);
      throw this.shutDown();
    }
    engine.clock.update();
    const now = state.load(LAST_SEEN);
    let anchor = now + 1;
    let deadline = anchor;
    if (at === undefined) {
      deadline += state.load(cell + PERIOD);
    } else {
      anchor = at.reference;
      deadline = anchor + at.delta;
      if (anchor > now) {
        engine.restore(was);
        throw invalid(
          `reference is ${anchor}, and it is ${now} now`,
          "Give a time of hal.now(), now or in the past; put what lies ahead into delta.",
        );
      }
      if (deadline <= now && (flags & REFUSE) !== 0) {
        engine.restore(was);
        return "missed";
      }
    }
    const wasFirst = queue.first() === slot;
    engine.withdraw(slot);
    const word = state.load(cell + WORD);
    if ((word & FIRED) !== 0) {
      state.store(cell + WORD, word - FIRED);
    }
    state.store(cell + ANCHOR, anchor);
    state.store(cell + DEADLINE, deadline);
    engine.enqueue(slot);
    if ((wasFirst || queue.first() === slot) && state.load(DISPATCHING) === 0) {
      engine.alarm.program();
    }
    engine.restore(was);
    return deadline <= now ? "late" : "armed";
  }

  /**
   * Stops it. After this returned no entry of its handler begins (rules STOP-01 to STOP-22); a soft
   * callback that waits is dropped.
   *
   * @returns what was found: `removed`, `in-flight`, `fired` or `idle`. Where its handler is in
   * flight that is the answer, even if the handler had started it again.
   * @throws TimerError `stale-handle`, `hal-closed`.
   * @remarks Not promised: that a handler in flight has ended; see {@link Timer.stopSync}.
   */
  stop(): StopResult {
    const { engine } = this;
    const was = engine.port.saveAndMask();
    this.flags(was);
    const result = engine.stop(this.slot);
    engine.restore(was);
    return result;
  }

  /**
   * Stops it and waits for its handler, where another thread runs that (rules STOP-14 to STOP-16,
   * STOP-23). From its own handler, an interrupt, or on a port without threads it returns at once.
   *
   * It stops it again for as long as it waits. So after any answer but `in-flight` the timer is neither
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
    const { port } = this.engine;
    const timeoutTicks = checkTicks(
      "timeoutTicks",
      options.timeoutTicks ?? Math.ceil(port.frequencyHz),
      0,
    );
    const { engine, slot, generation } = this;
    const canWait = port.threadId !== undefined && !port.inInterrupt();
    const was = port.saveAndMask();
    if (canWait && isLeftRunning(engine, slot, generation)) {
      port.restore(was);
    } else {
      this.flags(was);
      const result = engine.stop(slot);
      engine.restore(was);
      if (result !== "in-flight" || !canWait) {
        return result;
      }
    }
    return waitForHandlers(engine, slot, generation, timeoutTicks);
  }

  /**
   * Stops it for good: a later `start`, `init` or `setPeriod` throws `timer-shut-down` (rules
   * STOP-17, STOP-18). The slot stays taken until `deinit`.
   *
   * @returns as `stop()`.
   * @throws TimerError `stale-handle`, `hal-closed`.
   */
  shutdown(): StopResult {
    const { engine, slot } = this;
    const { port, state } = engine;
    const was = port.saveAndMask();
    this.flags(was);
    const result = engine.stop(slot);
    const word = state.load(slotCell(slot) + WORD);
    // A one-shot that releases itself may be retired by now.
    if (Math.floor(word / GENERATION) === this.generation && (word & SHUT) === 0) {
      state.store(slotCell(slot) + WORD, word + SHUT);
    }
    engine.restore(was);
    return result;
  }

  /**
   * Sets it up anew, stopping it first; what `options` leave out stays as it was (rules LIFE-01,
   * LIFE-02, LIFE-13). Overruns, and that it fired, are forgotten. It is not running afterwards.
   *
   * @throws TimerError `invalid-argument`, `timer-shut-down`, `stale-handle`, `hal-closed`; then
   * nothing changed, and a running timer runs on.
   */
  init(options: Partial<TimerOptions> = {}): void {
    const { engine, slot } = this;
    const { port, state } = engine;
    const cell = slotCell(slot);
    let was = port.saveAndMask();
    const flags = this.flags(was);
    const periodTicks = state.load(cell + PERIOD);
    port.restore(was);
    const settings = settingsFrom(options, port.frequencyHz, {
      flags,
      periodTicks,
      callback: this.callback,
    });
    was = port.saveAndMask();
    if ((this.flags(was) & SHUT) !== 0) {
      port.restore(was);
      throw this.shutDown();
    }
    const wasFirst = engine.queue.first() === slot;
    engine.withdraw(slot);
    engine.markStopped(slot);
    const word = state.load(cell + WORD);
    state.store(cell + WORD, word - (word & (SETTING_FLAGS | FIRED)) + settings.flags);
    state.store(cell + PERIOD, settings.periodTicks);
    state.store(cell + OVERRUNS, 0);
    this.callback = settings.callback;
    if (wasFirst) {
      engine.headChanged();
    }
    engine.restore(was);
  }

  /**
   * Releases it: stops it and makes this handle stale. Its slot goes back to the pool at the next
   * collecting call (rules REG-06, REG-07, LIFE-03, LIFE-08). Twice is fine. Legal in its own handler,
   * which runs to its end.
   */
  deinit(): void {
    const { engine } = this;
    const was = engine.port.saveAndMask();
    if (engine.registry.generationOf(this.slot) === this.generation) {
      engine.release(this.slot);
    }
    engine.restore(was);
  }

  /**
   * Ticks until it expires; 0 when it is due or not pending (rule ARM-24).
   *
   * @throws TimerError `stale-handle`, `hal-closed`.
   */
  remaining(): number {
    const { engine, slot } = this;
    const was = engine.port.saveAndMask();
    let ticks = 0;
    if ((this.flags(was) & PENDING) !== 0) {
      engine.clock.update();
      ticks = engine.state.load(slotCell(slot) + DEADLINE) - engine.state.load(LAST_SEEN);
    }
    engine.restore(was);
    return Math.max(ticks, 0);
  }

  /**
   * Whether something of it is still to come or in flight: pending, waiting for `service()`, or its
   * handler running and not stopped since (rule CALL-15).
   *
   * @throws TimerError `stale-handle`, `hal-closed`.
   */
  get active(): boolean {
    const { engine } = this;
    const was = engine.port.saveAndMask();
    const waits = (this.flags(was) & (PENDING | QUEUED)) !== 0;
    const active = waits || this.goesOnIn(HARD_LANE) || this.goesOnIn(SOFT_LANE);
    engine.port.restore(was);
    return active;
  }

  /**
   * Periods that passed without a callback since they were last taken; reading changes nothing. At
   * most 2^32 − 1 (rules PER-04, PER-16). Only the policy `coalesce` counts. Those of a soft callback
   * that still waits are added when it runs. Stopping and starting leave the count as it is.
   *
   * @throws TimerError `stale-handle`, `hal-closed`.
   */
  get overruns(): number {
    return this.read(OVERRUNS);
  }

  /**
   * Returns the overruns and sets them to 0, in one step: each is returned once (rule PER-09).
   *
   * @throws TimerError `stale-handle`, `hal-closed`.
   */
  takeOverruns(): number {
    const { engine, slot } = this;
    const was = engine.port.saveAndMask();
    this.flags(was);
    const overruns = engine.state.load(slotCell(slot) + OVERRUNS);
    engine.state.store(slotCell(slot) + OVERRUNS, 0);
    engine.port.restore(was);
    return overruns;
  }

  /**
   * Its period, or the one-shot's delay, in ticks.
   *
   * @throws TimerError `stale-handle`, `hal-closed`.
   */
  get periodTicks(): number {
    return this.read(PERIOD);
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
    const { engine, slot } = this;
    const { port, state, queue } = engine;
    const cell = slotCell(slot);
    const was = port.saveAndMask();
    const flags = this.flags(was);
    if ((flags & SHUT) !== 0) {
      port.restore(was);
      throw this.shutDown();
    }
    const moved = state.load(cell + DEADLINE) - state.load(cell + PERIOD) + ticks;
    state.store(cell + PERIOD, ticks);
    if ((flags & PENDING) !== 0) {
      const wasFirst = queue.first() === slot;
      engine.clock.update();
      queue.remove(slot);
      state.store(cell + WORD, state.load(cell + WORD) - PENDING);
      state.store(cell + DEADLINE, moved);
      engine.enqueue(slot);
      if (wasFirst || queue.first() === slot) {
        engine.headChanged();
      }
    }
    engine.restore(was);
  }

  /**
   * In its handler: the scheduled time of this expiry (rule CALL-03). Elsewhere: the schedule's last
   * point that passed, or its start before the first; 0 before any start.
   *
   * @throws TimerError `stale-handle`, `hal-closed`.
   */
  get scheduledTicks(): number {
    const { engine, slot } = this;
    const { port, state } = engine;
    const was = port.saveAndMask();
    this.flags(was);
    let cell = slotCell(slot) + ANCHOR;
    if (engine.inFlight(HARD_LANE, slot)) {
      cell = HARD_LANE + LANE_SCHEDULED;
    } else if (engine.inFlight(SOFT_LANE, slot)) {
      cell = SOFT_LANE + LANE_SCHEDULED;
    }
    const ticks = state.load(cell);
    port.restore(was);
    return ticks;
  }

  /**
   * One-shot or periodic.
   *
   * @throws TimerError `stale-handle`, `hal-closed`.
   */
  get mode(): TimerMode {
    return (this.read(WORD) & PERIODIC) !== 0 ? "periodic" : "one-shot";
  }

  /** The slot's flags, with interrupts masked; restores `was` and throws when the handle is stale. */
  private flags(was: number): number {
    const word = this.engine.state.load(slotCell(this.slot) + WORD);
    const flags = word & FLAG_MASK;
    if (word - flags !== this.generation * GENERATION) {
      this.engine.port.restore(was);
      throw this.stale();
    }
    return flags;
  }

  private read(offset: number): number {
    const { port, state } = this.engine;
    const was = port.saveAndMask();
    this.flags(was);
    const value = state.load(slotCell(this.slot) + offset);
    port.restore(was);
    return value;
  }

  private goesOnIn(lane: number): boolean {
    const { state } = this.engine;
    return (
      state.load(lane + LANE_SLOT) === this.slot + 1 &&
      state.load(lane + LANE_STATE) !== LANE_STOPPED
    );
  }

  private stale(): TimerError {
    const { engine, slot, generation } = this;
    if (engine.state.load(CLOSED) !== 0) {
      return new TimerError("hal-closed", "The HAL was closed by deinit()", "Make a new TimerHal.");
    }
    const now = engine.registry.generationOf(slot);
    return new TimerError(
      "stale-handle",
      `Slot ${slot}, generation ${generation} was released; the slot is now at generation ${now}`,
      "Keep no handle after deinit(), nor one of a timer with autoRelease; make a new timer.",
    );
  }

  private shutDown(): TimerError {
    return new TimerError(
      "timer-shut-down",
      `The timer in slot ${this.slot} was shut down`,
      "A shutdown is for good; release it with deinit() and make a new timer.",
    );
  }
}
