import type { StopResult } from "@escapement/core";
import type { DriverTimerSpec, TimerDriver } from "./driver.js";
import type { TimerSpec } from "./program.js";
import type { OpResult } from "./trace.js";

/** The program's timers as the driver knows them, for one iteration. */
export class TimerTable<Handle> {
  readonly #driver: TimerDriver<Handle>;
  readonly #specs: readonly TimerSpec[];
  readonly #enter: (timer: number, scheduled: number) => void;
  readonly #handles: ({ readonly handle: Handle } | undefined)[] = [];
  readonly #released: boolean[] = [];
  /** Shut down permanently: where the driver has no `init`, a new timer in its place would break that. */
  readonly #shut: boolean[] = [];
  #variable = 0;

  constructor(
    driver: TimerDriver<Handle>,
    specs: readonly TimerSpec[],
    enter: (timer: number, scheduled: number) => void,
  ) {
    this.#driver = driver;
    this.#specs = specs;
    this.#enter = enter;
  }

  /** Forgets the last iteration's handles; periods are of this value of the variable from now on. */
  begin(variable: number): void {
    this.#variable = variable;
    this.#handles.fill(undefined);
    this.#released.fill(false);
    this.#shut.fill(false);
  }

  /** The driver's handle; absent where the timer could never be made. */
  find(timer: number): { readonly handle: Handle } | undefined {
    return this.#handles[timer];
  }

  /** Makes the timer, or sets it up again where it is live. */
  init(timer: number): OpResult {
    const spec = this.#spec(timer, false);
    const old = this.#handles[timer];
    if (old !== undefined && this.#released[timer] !== true) {
      if (this.#driver.init !== undefined) {
        this.#driver.init(old.handle, spec);
        return "ok";
      }
      if (this.#shut[timer] === true) return "timer-shut-down";
      this.#driver.deinit(old.handle);
      this.#released[timer] = true;
    }
    this.#handles[timer] = { handle: this.#driver.create(spec, this.#callback(timer)) };
    this.#released[timer] = false;
    this.#shut[timer] = false;
    return "ok";
  }

  /** Makes an anonymous one-shot of this timer's spec, and starts it. */
  spawn(timer: number): OpResult {
    const handle = this.#driver.create(this.#spec(timer, true), this.#callback(timer));
    return this.#driver.start(handle);
  }

  /** Stops the timer permanently; nothing where the driver cannot. */
  shutdown(timer: number, handle: Handle): StopResult | "ok" | undefined {
    const result = this.#driver.shutdown?.(handle);
    if (result !== undefined) this.#shut[timer] = true;
    return result;
  }

  /** Releases the timer; the handle is kept, so that the driver can see that it is stale. */
  deinit(timer: number, handle: Handle): void {
    this.#driver.deinit(handle);
    this.#released[timer] = true;
  }

  /** Releases every timer. */
  deinitAll(): void {
    this.#driver.deinitAll();
    this.#released.fill(true);
  }

  /** Whether any timer that was not released is active. */
  anyActive(): boolean {
    return this.#handles.some(
      (entry, timer) =>
        entry !== undefined && this.#released[timer] !== true && this.#driver.active(entry.handle),
    );
  }

  #callback(timer: number): (scheduled: number) => void {
    return (scheduled) => this.#enter(timer, scheduled);
  }

  #spec(timer: number, anonymous: boolean): DriverTimerSpec {
    const spec = this.#specs[timer];
    if (spec === undefined) throw new RangeError(`program has no timer ${timer}`);
    const { period } = spec;
    return {
      mode: anonymous ? "one-shot" : spec.mode,
      periodTicks: typeof period === "number" ? period : this.#variable + period.offset,
      dispatch: spec.dispatch,
      overrun: spec.overrun,
      late: spec.late,
      autoRelease: anonymous,
    };
  }
}
