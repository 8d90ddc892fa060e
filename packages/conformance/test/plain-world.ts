import type { BootedBoard, DriverTimerSpec, Machine, TimerDriver } from "@escapement/scenario";

/** How a {@link PlainWorld} is less able than it could be. */
export interface PlainWorldOptions {
  /** It refuses to make a periodic timer. */
  readonly oneShotOnly?: boolean;
  /** What its driver states; nothing when absent, so that it has to be found out. */
  readonly periodic?: boolean;
  /** Longest delay it takes; longer ones are refused. */
  readonly maxDelayTicks?: number;
  /** Ticks that a start waits besides its delay; default 1, 0 where a call falls on a tick's edge. */
  readonly partialTicks?: number;
}

interface PlainTimer {
  readonly spec: DriverTimerSpec;
  readonly ring: (scheduledTicks: number) => void;
  due: number | undefined;
  running: number;
  active: boolean;
  fired: boolean;
}

/** A sound driver with the members that are required and no other, in virtual time of whole ticks. */
export class PlainWorld implements BootedBoard<PlainTimer> {
  readonly driver: TimerDriver<PlainTimer>;
  readonly machine: Machine;
  #time = 0;
  #level = 0;
  readonly #timers = new Set<PlainTimer>();

  constructor(options: PlainWorldOptions) {
    const { oneShotOnly = false, maxDelayTicks = 2 ** 33, partialTicks = 1, periodic } = options;
    const pass = (ticks: number) => this.#pass(ticks);
    this.machine = {
      stamp: () => this.#time,
      contextLevel: () => this.#level,
      spin: pass,
      sleep: pass,
    };
    this.driver = {
      capacity: 8,
      maxDelayTicks,
      semantics: {
        overdue: { is: "by-deadline", source: "#ring" },
        ...(!oneShotOnly && { missedPeriods: { is: "burst", source: "#ring" } }),
      },
      ...(periodic !== undefined && { periodic }),
      now: () => this.#time,
      create: (spec, ring) => {
        if (oneShotOnly && spec.mode === "periodic") throw refused();
        const timer = { spec, ring, due: undefined, running: 0, active: false, fired: false };
        this.#timers.add(timer);
        return timer;
      },
      start: (timer) => {
        if (timer.spec.periodTicks > maxDelayTicks) throw refused();
        this.#arm(timer, this.#time + partialTicks + timer.spec.periodTicks);
        timer.fired = false;
        return "armed";
      },
      stop: (timer) => {
        const waited = timer.due !== undefined;
        timer.due = undefined;
        timer.active = false;
        if (timer.running > 0) return "in-flight";
        return waited ? "removed" : timer.fired ? "fired" : "idle";
      },
      deinit: (timer) => {
        timer.due = undefined;
        this.#timers.delete(timer);
      },
      active: (timer) => timer.active,
      deinitAll: () => this.#timers.clear(),
    };
  }

  /** Equal deadlines ring in the order of arming: the set keeps it. */
  #arm(timer: PlainTimer, due: number | undefined): void {
    if (!this.#timers.delete(timer)) return;
    Object.assign(timer, { due, active: true });
    this.#timers.add(timer);
  }

  #pass(ticks: number): void {
    const end = this.#time + ticks;
    while (this.#level === 0 && this.#ring(end));
    this.#time = Math.max(this.#time, end);
  }

  /** Runs the handler of the timer that is due first by then; false where none is. */
  #ring(end: number): boolean {
    let first: PlainTimer | undefined;
    for (const timer of this.#timers) {
      if (timer.due !== undefined && timer.due <= Math.min(end, (first?.due ?? end + 1) - 1)) {
        first = timer;
      }
    }
    const scheduled = first?.due;
    if (first === undefined || scheduled === undefined) return false;
    this.#time = Math.max(this.#time, scheduled);
    const { mode, periodTicks } = first.spec;
    this.#arm(first, mode === "periodic" ? scheduled + periodTicks : undefined);
    first.fired = mode === "one-shot";
    this.#level += 1;
    first.running += 1;
    first.ring(scheduled);
    first.running -= 1;
    first.active = first.due !== undefined;
    this.#level -= 1;
    return true;
  }
}

function refused(): Error {
  return Object.assign(new Error("refused"), { code: "invalid-argument" });
}
