/**
 * How a timer system behaves where systems differ on purpose. The contract decides each of these;
 * a board whose system documents another decision states it, and the suite judges it by what it
 * states. The first word of each union is the contract's.
 *
 * What a system does not have at all is no difference but a missing capability: no periods
 * (`lacks: ["periodic"]`), handles that are not checked (no `generations`), no `set-period`.
 */
export interface BoardSemantics {
  /**
   * The rest of the tick that runs at a `start`: `waited` for, so that a delay never ends early, or
   * `given-away`: the running tick counts as the first. Varies ARM-02.
   */
  readonly partialTick: "waited" | "given-away";
  /** Timers of one deadline run first armed first, last armed first, or in `any` order. Varies ARM-14. */
  readonly equalDeadlines: "fifo" | "lifo" | "any";
  /**
   * Timers that are due at once run in the order in which they became due, the later of deadline and
   * time of arming; in the order of their deadlines; or in `any` order. Varies ARM-31 and ARM-32.
   */
  readonly overdue: "by-due-time" | "by-deadline" | "any";
  /** Whether a `start` whose short delay has passed before it returns may say `late`. Varies ARM-02. */
  readonly relativeStart: "armed" | "armed-or-late";
  /**
   * What `stop` can say. `exact`: all four results. `no-fired`: `idle` where the contract says
   * `fired`. `no-in-flight`: of a handler in flight it says `removed` where the timer is armed again,
   * else `fired`. `boolean`: `removed` or `idle`; of a handler in flight `removed` where the timer is
   * armed again. `nothing`: the driver's calls return `ok` whatever they did. Varies the results of
   * STOP-01 to STOP-22, never what a stop does.
   */
  readonly stopResult: "exact" | "no-fired" | "no-in-flight" | "boolean" | "nothing";
  /**
   * From when a `start` in a hard handler counts: from the call, or from the time for which that
   * handler was scheduled. Varies ARM-02, STOP-21, CALL-07 and CALL-08.
   */
  readonly startInHandler: "from-now" | "from-scheduled";
  /**
   * A `startAt` whose deadline has passed. `by-policy`: `late` and it fires, or `missed`, as the
   * timer's policy says. `fires`: `late` whatever the policy. `clamped`: `armed`, and it is
   * scheduled for the next tick. `refused`: `missed` whatever the policy. Varies ARM-06 and ARM-07.
   */
  readonly pastDeadline: "by-policy" | "fires" | "clamped" | "refused";
  /** What happens to missed periods: as the timer's policy says, or always the same. Varies PER-04, PER-05 and PER-08. */
  readonly missedPeriods: "by-policy" | "coalesce" | "burst" | "skip";
  /**
   * A soft callback that waits when its timer is stopped, started, set up again or released: it is
   * `dropped`, or `delivered` all the same; a stop then finds it `in-flight`. Varies STOP-13, CALL-20
   * and LIFE-08.
   */
  readonly queuedOnStop: "dropped" | "delivered";
  /**
   * What `setPeriod` does to a pending expiry: `moves` it by the difference, leaves it so that the
   * new period counts from the `next` expiry, or `restarts` it at one new period from the call.
   * Varies PER-06, PER-07 and PER-23.
   */
  readonly setPeriod: "moves" | "next" | "restarts";
  /** Whether a timer can be made in an interrupt, by `spawn` and by `init` of a released one. Varies CALL-21. */
  readonly makingInInterrupt: "refused" | "allowed";
  /**
   * When a soft periodic timer is armed for its next period: when `service` takes its callback, or
   * already at the expiry, also where the callback before it still waits. Varies PER-17 and PER-23.
   */
  readonly softRearm: "at-service" | "at-expiry";
  /** A callback that throws: its timer goes on, or is stopped. Varies CALL-06. */
  readonly callbackThrows: "contained" | "stops-timer";
  /** `start` of a running timer: starts it over, or is refused and changes nothing. Varies ARM-11, PER-14 and LIFE-11. */
  readonly startOfRunning: "restarts" | "refused";
  /** A timer that nobody holds, as `spawn` makes it: it fires, or may be `collected` before. Varies REG-01. */
  readonly unreferenced: "kept" | "collected";
  /**
   * Ticks of the board's counter in one tick of the system, 1 or more: periods are rounded up to
   * multiples of it, and deadlines up to times that are that far apart. The running tick of
   * `partialTick` is then such a tick. 1 in the contract; varies ARM-02, ARM-05 and PER-02.
   */
  readonly granularityTicks: number;
  /** The largest count of overruns, 0 or more, where counting ends. 2^32 - 1 in the contract; varies PER-16. */
  readonly maxOverruns: number;
  /** How old the reference of a `startAt` may be, in ticks, 0 or more. 2^53 - 1 in the contract; varies ARM-26. */
  readonly maxReferenceAgeTicks: number;
}

/** The name of a difference that a board can state. */
export type SemanticsMember = keyof BoardSemantics;

/** A difference that a board states: what it does, and where its documentation says so. */
export interface Stated<Value> {
  /** What it does in place of what the contract says. */
  readonly is: Value;
  /** Where that is documented: a page, a header, an issue. Not empty. */
  readonly source: string;
}

/**
 * The differences that a board states, each with its source; a member that is absent is as in the
 * contract.
 *
 * @example
 * ```ts
 * import type { StatedSemantics } from "@escapement/scenario";
 *
 * export const chibios: StatedSemantics = {
 *   equalDeadlines: { is: "lifo", source: "ChibiOS os/rt/src/chvt.c, vt_insert" },
 *   partialTick: { is: "given-away", source: "ChibiOS chVTDoSetI: now + delay" },
 * };
 * ```
 */
export type StatedSemantics = {
  readonly [Member in SemanticsMember]?: Stated<BoardSemantics[Member]>;
};
