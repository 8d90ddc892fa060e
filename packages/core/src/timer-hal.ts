import { ticksFromUs, usFromTicks } from "./conversion.js";
import { Dispatcher } from "./dispatcher.js";
import { Engine } from "./engine.js";
import type { HalOptions, HalStats } from "./hal-types.js";
import {
  ALLOCATED_COUNT,
  CLOSED,
  ERRORS,
  EXPIRIES,
  HIGH_WATER,
  LAST_SEEN,
  PENDING_COUNT,
  QUEUED_COUNT,
  RETIRED_COUNT,
} from "./layout.js";
import { masked } from "./masked.js";
import type { TimerPort } from "./port.js";
import { Flag, wordOf } from "./slot.js";
import { HalTimer } from "./timer.js";
import { timerErrors } from "./timer-errors.js";
import { settingsFrom } from "./timer-settings.js";
import type { Dispatch, Timer, TimerCallback, TimerOptions } from "./timer-types.js";
import { checkHalOptions, checkPort, MAX_DELAY_TICKS } from "./validation.js";

/** Options of {@link TimerHal.after}. */
export interface AfterOptions {
  /** Default `hard`. */
  readonly dispatch?: Dispatch;
}

/**
 * Many timers on one hardware counter with one compare.
 *
 * One HAL owns the port's overflow and compare from its construction on; connect `onOverflow` and
 * `onCompare`, or `onInterrupt`, to the chip's vectors. No masked section and no handler may last a
 * whole lap of the counter: more than one wrap looks like one (rules READ-16, READ-21).
 *
 * @example
 * ```ts
 * import { TimerHal, type TimerPort } from "@escapement/core";
 *
 * export function run(port: TimerPort): TimerHal {
 *   const hal = new TimerHal(port, { capacity: 8, onError: (error) => console.error(error.message) });
 *   const heartbeat = hal.timer({
 *     mode: "periodic",
 *     periodUs: 10_000,
 *     callback: (timer) => console.log("due at tick", timer.scheduledTicks),
 *   });
 *   heartbeat.start();
 *   hal.after(hal.ticksFromUs(95_000), () => heartbeat.stop());
 *   return hal;
 * }
 * ```
 */
export class TimerHal {
  /** The chip. */
  readonly port: TimerPort;
  /** How many timers can exist at once. */
  readonly capacity: number;
  /** The longest delay or period, in ticks: 2^52 − 1. */
  readonly maxDelayTicks = MAX_DELAY_TICKS;
  /**
   * The overflow vector: counts a wrap that is pending, or, where the port says `autoClear`, the one
   * for which it was entered. A call with nothing pending counts nothing: the HAL may have counted
   * the wrap before the vector got its turn. Bound, so that it can be passed as a plain function.
   */
  readonly onOverflow: () => void;
  /** The compare vector: serves what is due. A spurious call is harmless. Bound. */
  readonly onCompare: () => void;
  /** The one vector of a chip that has no two: asks the flags what to do. Bound. */
  readonly onInterrupt: () => void;
  /** @internal */
  readonly engine: Engine;
  readonly #dispatcher: Dispatcher;

  /**
   * Takes over the port: the compare is switched off, the count of wraps begins at 0.
   *
   * @throws TimerError `invalid-argument` for a constant or option out of its range.
   */
  constructor(port: TimerPort, options: HalOptions = {}) {
    checkPort(port);
    this.port = port;
    this.capacity = checkHalOptions(options);
    const engine = new Engine(port, this.capacity, options);
    const dispatcher = new Dispatcher(engine);
    this.engine = engine;
    this.#dispatcher = dispatcher;
    // V8 puts a function that is assigned to a property as it stands among what lives long, and keeps
    // all it refers to until the next full collection. Named first, it goes with its HAL.
    const onCompare = (): void => dispatcher.onCompare();
    const onOverflow = (): void => engine.masked(() => engine.clock.countWrap());
    const onInterrupt = (): void => {
      if (port.overflowPending()) {
        // One entry for two flags takes neither down, whatever `autoClear` says.
        engine.masked(() => engine.clock.update());
      }
      if (port.comparePending()) {
        onCompare();
      }
    };
    this.onOverflow = onOverflow;
    this.onCompare = onCompare;
    this.onInterrupt = onInterrupt;
    masked(port, () => engine.alarm.disable());
  }

  /** Whether timers can be made: false after `deinit()`. */
  get isOpen(): boolean {
    return this.engine.state.load(CLOSED) === 0;
  }

  /**
   * Makes a timer, not running. A collecting call (rule REG-09). In thread context.
   *
   * @throws TimerError `invalid-argument`, `in-interrupt`, `hal-closed`, or `capacity-exhausted`
   * when no slot is free after collecting; then nothing changed.
   */
  timer(options: TimerOptions): Timer {
    this.#requireThread("timer()");
    const settings = settingsFrom(options, this.port.frequencyHz);
    const { engine, port } = this;
    engine.registry.collect();
    const was = port.saveAndMask();
    const slot = engine.registry.claim();
    const timer = slot < 0 ? undefined : new HalTimer(engine, slot, settings.callback);
    if (timer !== undefined) {
      engine.registry.setUp(slot, timer, settings);
    }
    port.restore(was);
    if (timer === undefined) {
      throw timerErrors.capacityExhausted({ capacity: this.capacity });
    }
    return timer;
  }

  /**
   * Runs a callback once, `delayTicks` from now, on a timer that needs no handle: its slot comes
   * back by itself. A collecting call. In thread context.
   *
   * @throws TimerError as `timer()` does; `delayTicks` is 1 to `maxDelayTicks`.
   */
  after(delayTicks: number, callback: TimerCallback, options: AfterOptions = {}): void {
    this.timer({
      mode: "one-shot",
      periodTicks: delayTicks,
      callback,
      dispatch: options.dispatch ?? "hard",
      autoRelease: true,
    }).start();
  }

  /**
   * The time in ticks since the HAL was made (or since the count the chip was at). In every context,
   * also after `deinit()`; never decreases, restores the interrupt state, makes a fixed number of
   * port accesses (rules READ-01 to READ-14).
   */
  now(): number {
    const { engine, port } = this;
    const was = port.saveAndMask();
    const ticks = engine.clock.read();
    if (ticks >= engine.state.load(LAST_SEEN)) {
      port.restore(was);
      return ticks;
    }
    // Time cannot have gone back: a lap was lost. The update counts it.
    engine.clock.update();
    const after = engine.state.load(LAST_SEEN);
    engine.restore(was);
    return after;
  }

  /**
   * Microseconds in ticks, rounded up, at most 2^53 − 1 (rule READ-17).
   *
   * @throws TimerError `invalid-argument` for NaN or a negative number.
   */
  ticksFromUs(us: number): number {
    return ticksFromUs(us, this.port.frequencyHz);
  }

  /**
   * Ticks in microseconds, rounded down, at most 2^53 − 1 (rule READ-17).
   *
   * @throws TimerError `invalid-argument` for NaN or a negative number.
   */
  usFromTicks(ticks: number): number {
    return usFromTicks(ticks, this.port.frequencyHz);
  }

  /**
   * Runs the soft callbacks that waited at its entry; returns how many ran (rules CALL-02,
   * CALL-13). A collecting call. In thread context, not inside a soft callback.
   *
   * @throws TimerError `reentrant-service`, `in-interrupt`, `hal-closed`.
   */
  service(): number {
    this.#requireThread("service()");
    this.engine.registry.collect();
    const served = this.#dispatcher.service();
    this.engine.registry.collect();
    return served;
  }

  /**
   * A collecting call and nothing else: gives retired slots back; returns how many. In thread context.
   *
   * @throws TimerError `in-interrupt`, `hal-closed`.
   */
  collect(): number {
    this.#requireThread("collect()");
    return this.engine.registry.collect();
  }

  /**
   * Releases every timer, as a soft reset does, and gives all slots back (rules REG-10, LIFE-04).
   * In thread context.
   *
   * @throws TimerError `in-interrupt`, `hal-closed`.
   */
  deinitAll(): void {
    this.#requireThread("deinitAll()");
    const { engine } = this;
    const end = engine.state.load(HIGH_WATER);
    for (let slot = 0; slot < end; slot += 1) {
      engine.masked(() => {
        if ((engine.state.load(wordOf(slot)) & Flag.Allocated) !== 0) {
          engine.release(slot);
        }
      });
    }
    engine.registry.collect();
  }

  /**
   * Releases every timer and closes the HAL: making timers, `service` and `collect` throw
   * `hal-closed` from then on (rule LIFE-12); `now` still counts while the overflow vector is
   * connected. Twice is fine. In thread context.
   *
   * @throws TimerError `in-interrupt`.
   */
  deinit(): void {
    if (!this.isOpen) {
      return;
    }
    this.deinitAll();
    this.engine.state.store(CLOSED, 1);
    masked(this.port, () => this.engine.alarm.disable());
  }

  /** Counts since the HAL was made, and its registry now, taken together. In every context. */
  stats(): HalStats {
    const { port, capacity } = this;
    const { state } = this.engine;
    return masked(port, () => ({
      allocated: state.load(ALLOCATED_COUNT),
      pending: state.load(PENDING_COUNT),
      retired: state.load(RETIRED_COUNT),
      capacity,
      queued: state.load(QUEUED_COUNT),
      expiries: state.load(EXPIRIES),
      errors: state.load(ERRORS),
    }));
  }

  #requireThread(call: string): void {
    if (!this.isOpen) {
      throw timerErrors.callAfterClose({ call });
    }
    if (this.port.inInterrupt()) {
      throw timerErrors.inInterrupt({ call });
    }
  }
}
