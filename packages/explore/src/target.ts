import {
  connectHal,
  FLAG_OVERFLOW,
  type SimChip,
  type SimChipOptions,
  type SimProfile,
  type SimProfileName,
  simProfiles,
} from "@escapement/board-sim";
import { type HalOptions, type SharedState, TimerHal, type TimerPort } from "@escapement/core";
import { auditState, describeCell, inspectState } from "@escapement/core/audit";
import { type BoardLatencies, halDriver, type TimerDriver } from "@escapement/scenario";
import { exploreErrors } from "./explore-errors.js";
import type { ShareOptions } from "./shared-objects.js";
import type { SourceFrame, SplitListener } from "./source.js";

/** Where a timer implementation is put up for one run. */
export interface ExploreSite {
  /** The chip. Every access to it is a point. */
  readonly chip: SimChip;
  /** The port over it. */
  readonly port: TimerPort;
  /** The shared numbers of a `TimerHal`; every access is a point. */
  state(cells: number): SharedState;
  /**
   * An access to a piece of shared state that is kept elsewhere, such as memory of compiled code: a point.
   *
   * @param cell - its number, 0 to 65 535; {@link ExploreTarget.describeCell} names it
   * @param stores - whether it is written
   */
  touch(cell: number, stores: boolean): void;
  /** Called with two accesses to one cell that an interrupt came between, where the target looks for them. */
  readonly split: SplitListener;
  /**
   * Registers an object, an array, a Map or a Set that several contexts use: every access to its own
   * members is a point. Each member of an object is a cell of its own; an array, a Map or a Set is one
   * cell. Objects inside it are not registered with it; register each. Make an object with all the
   * members that it will ever have; for what comes and goes, use a Map.
   *
   * @returns what to use in its place from then on
   */
  share<T extends object>(name: string, object: T, options?: ShareOptions): T;
}

/** Registers state that several contexts use, as {@link ExploreSite.share} does. */
export type Share = ExploreSite["share"];

/** A timer implementation that was put up. */
export interface ExploreBoot {
  /** Its driver table; the interrupts are connected. */
  readonly driver: TimerDriver;
  /** Asked whenever interrupts are open: says what is wrong with the shared state, if anything is. */
  readonly audit?: () => string | undefined;
  /** The shared state in a few words, for a timeline. */
  readonly inspect?: () => string;
}

/** What is explored: a timer implementation on a kind of chip. */
export interface ExploreTarget {
  /** Its name in reports. */
  readonly name: string;
  /** The chip, and the port over it. */
  readonly profile: SimProfile;
  /** Writes the port, where it has state of its own to register; default `profile.port`. */
  readonly makePort?: (chip: SimChip, share: Share) => TimerPort;
  /** How long moves may hold the processor up in one run, in ticks; 1 or more. */
  readonly slackTicks: number;
  /**
   * How much longer the first move of a run may be, in ticks; default 0. The interrupt of a driver whose ticks are
   * coarse then meets any call of the tick before it, without a case for each tick of the counter.
   */
  readonly firstMoveTicks?: number;
  /** Puts it up; called for every run. Has to do the same each time. */
  readonly boot: (site: ExploreSite) => ExploreBoot;
  /** Whether what a callback throws is contained; default true. */
  readonly exceptions?: boolean;
  /**
   * What it promises about its speed on a processor that takes no time; the slack is added. Default:
   * a handler within a tick and `minDeltaTicks`, an operation within a tick.
   */
  readonly latencies?: Partial<BoardLatencies>;
  /** What a cell below 65 536 holds. */
  readonly describeCell?: (cell: number) => string;
  /** Where in its source the code is that runs: asked at points of a replay, for its timeline. */
  readonly describePlace?: () => string | undefined;
  /**
   * The calls that lead to the code that runs, innermost first: asked at points of a replay, and behind a run that
   * ended in a crash for those that led to it. A finding then has its place in the source.
   */
  readonly describeStack?: () => readonly SourceFrame[];
  /** Whether such a cell may be used by two contexts at once without a mask, by design. */
  readonly isAtomicCell?: (cell: number) => boolean;
}

/** What {@link halTarget} and {@link driverTarget} have in common. */
export interface TargetOptions {
  /** A profile of board-sim by name, or one of your own. Default `avr16`. */
  readonly profile?: SimProfileName | SimProfile;
  /** The name in reports; default that of the profile. */
  readonly name?: string;
  /** Writes the port; default the profile's. */
  readonly port?: (chip: SimChip) => TimerPort;
  /** How long moves may hold the processor up in one run, in ticks; 1 to 64, default 8. */
  readonly slackTicks?: number;
}

/** What to explore of a `TimerHal`. */
export interface HalTargetOptions extends TargetOptions {
  /** Makes the HAL; pass the options on. Default a `TimerHal` as it is. */
  readonly hal?: (port: TimerPort, options: HalOptions) => TimerHal;
}

/** What to explore of any other timer implementation. */
export interface DriverTargetOptions extends TargetOptions {
  /**
   * Whether what a callback throws is contained, as of a simulated board: false for a driver to whom
   * nothing can throw, such as one in C; the laws about it are then left out. Default true.
   */
  readonly exceptions?: boolean;
  /**
   * What the driver promises about its speed, in ticks, on a processor that takes no time: how long
   * its own waits make it. The slack is added. Default: a handler comes within a tick and the port's
   * `minDeltaTicks`, an operation takes a tick.
   */
  readonly latencies?: Partial<BoardLatencies>;
  /** Puts it up, connects its interrupts, and registers what its contexts share. */
  readonly boot: (site: ExploreSite) => ExploreBoot;
}

/** What {@link portTarget} explores: the same name, chip and port that `createSimBoard` takes. */
export interface PortTargetOptions {
  /** The name in reports. */
  readonly name: string;
  /** What the chip is like. */
  readonly chip: SimChipOptions;
  /**
   * Writes the port. What it keeps of its own is registered with `share`, as {@link ExploreSite.share} says:
   * each access is then a point, and a race on it a finding; without, interrupts land at the accesses
   * to the chip only.
   */
  readonly port: (chip: SimChip, share: Share) => TimerPort;
  /** How long moves may hold the processor up in one run, in ticks; 1 to 64, default 8. */
  readonly slackTicks?: number;
}

const CAPACITY = 16;
const SLACK_TICKS = 8;
const SLACK_TICKS_MAX = 64;

/**
 * A target of Escapement's own HAL.
 *
 * @throws {@link ExploreError} `invalid-argument` for an unknown profile or a slack out of range.
 *
 * @example
 * ```ts
 * import { halTarget } from "@escapement/explore";
 *
 * export const targets = [halTarget({ profile: "avr16" }), halTarget({ profile: "rp2040" })];
 * ```
 */
export function halTarget(options: HalTargetOptions = {}): ExploreTarget {
  const make =
    options.hal ?? ((port: TimerPort, halOptions: HalOptions) => new TimerHal(port, halOptions));
  return {
    ...common(options),
    describeCell: (cell) => describeCell(cell, CAPACITY),
    boot: ({ chip, port, state }) => {
      let cells: SharedState | undefined;
      const driver = halDriver((onError) => {
        const hal = make(port, {
          capacity: CAPACITY,
          onError,
          state: (count) => {
            cells = state(count);
            return cells;
          },
        });
        connectHal(chip, hal);
        return hal;
      });
      chip.enable(FLAG_OVERFLOW);
      const seen = cells;
      return seen === undefined
        ? { driver }
        : {
            driver,
            audit: () => auditState(seen, CAPACITY),
            inspect: () => inspectState(seen, CAPACITY),
          };
    },
  };
}

/**
 * A target of a port of yours, under Escapement's own HAL: where a port that passes every law is still
 * wrong, the interrupt has to land inside one of its members.
 *
 * @throws {@link ExploreError} `invalid-argument` for a slack out of range.
 *
 * @example
 * ```ts
 * import type { SimChip } from "@escapement/board-sim";
 * import type { TimerPort } from "@escapement/core";
 * import { portTarget } from "@escapement/explore";
 *
 * declare function myPort(chip: SimChip): TimerPort;
 * const chip = { counterBits: 20, cpuHz: 24_000_000, cyclesPerTick: 4 };
 * export default portTarget({ name: "mine", chip, port: myPort });
 * ```
 */
export function portTarget(options: PortTargetOptions): ExploreTarget {
  const { name, chip, port: makePort, ...rest } = options;
  const port = (made: SimChip): TimerPort => makePort(made, (_name, object) => object);
  return { ...halTarget({ ...rest, profile: { name, title: name, chip, port } }), makePort };
}

/**
 * A target of any timer implementation: a driver table over a simulated chip.
 *
 * What contexts share is to be registered with `site.share`, or the search sees no point there:
 * an interrupt then lands only at accesses to the chip.
 *
 * @throws {@link ExploreError} `invalid-argument` for an unknown profile or a slack out of range.
 *
 * @example
 * ```ts
 * import { FLAG_COMPARE, FLAG_OVERFLOW } from "@escapement/board-sim";
 * import { driverTarget } from "@escapement/explore";
 * import type { TimerDriver } from "@escapement/scenario";
 *
 * declare function makeMine(list: number[]): TimerDriver & { tick(): void };
 * export const target = driverTarget({
 *   name: "mine",
 *   profile: "systick24",
 *   boot: ({ chip, share }) => {
 *     const driver = makeMine(share("list", []));
 *     chip.connect({ overflow: () => chip.clearFlags(FLAG_OVERFLOW), compare: () => driver.tick() });
 *     chip.enable(FLAG_OVERFLOW | FLAG_COMPARE);
 *     return { driver };
 *   },
 * });
 * ```
 */
export function driverTarget(options: DriverTargetOptions): ExploreTarget {
  const { boot, exceptions, latencies } = options;
  for (const [name, ticks] of Object.entries(latencies ?? {})) {
    if (Number.isFinite(ticks) && ticks >= 0) continue;
    throw exploreErrors.badLatency({ name, ticks: String(ticks) });
  }
  return {
    ...common(options),
    boot,
    ...(exceptions !== undefined && { exceptions }),
    ...(latencies !== undefined && { latencies }),
  };
}

function common(options: TargetOptions): Pick<ExploreTarget, "name" | "profile" | "slackTicks"> {
  const { profile: wanted = "avr16", port, slackTicks = SLACK_TICKS } = options;
  const profile = typeof wanted === "string" ? simProfiles[wanted] : wanted;
  if (profile === undefined) {
    const known = Object.keys(simProfiles).join(", ");
    throw exploreErrors.unknownProfile({ name: String(wanted), known });
  }
  if (!(Number.isInteger(slackTicks) && slackTicks >= 1 && slackTicks <= SLACK_TICKS_MAX)) {
    throw exploreErrors.slackOutOfRange({ value: String(slackTicks), most: SLACK_TICKS_MAX });
  }
  return {
    name: options.name ?? profile.name,
    profile: port === undefined ? profile : { ...profile, port },
    slackTicks,
  };
}
