import { type TimerError, TimerHal, type TimerPort } from "@escapement/core";
import {
  type Board,
  type BoardLatencies,
  type BootedBoard,
  createBoard,
  halDriver,
  type TimerDriver,
} from "@escapement/scenario";
import { SimChip } from "./chip.js";
import { chipShape, FLAG_OVERFLOW, type SimChipOptions } from "./chip-options.js";
import { simLatencies } from "./latency.js";
import { SimMachine } from "./machine.js";
import { checkModels, type SimModels } from "./models.js";
import { type SimProfile, type SimProfileName, simProfiles } from "./profile.js";
import { simErrors } from "./sim-errors.js";
import type { VcdRecorder } from "./vcd.js";

/** Makes the HAL of a board; pass `onError` on to it, or reported errors are not in the trace. */
export type SimHalFactory = (port: TimerPort, onError: (error: TimerError) => void) => TimerHal;

/**
 * What a simulated board is made of: a `profile`, or a `chip` and a `port` of your own. The port of
 * a profile can be replaced too.
 */
export interface SimBoardOptions {
  /**
   * A profile of this package by name, or one of your own. Default `avr16` where there is no
   * `chip`.
   */
  readonly profile?: SimProfileName | SimProfile;
  /** A chip of your own, instead of a profile. Needs a `port`. */
  readonly chip?: SimChipOptions;
  /** Writes the port against the chip; called at each boot. Default: the profile's. */
  readonly port?: (chip: SimChip) => TimerPort;
  /** The board's name in reports; default `sim:` and the profile's name, or `sim:custom`. */
  readonly name?: string;
  /** Seeds the models, and the places inside a tick where things fall. Default 1. */
  readonly seed?: number;
  /** What is less than ideal about the hardware. Default: nothing. */
  readonly models?: SimModels;
  /** Records each run as waveforms. */
  readonly vcd?: VcdRecorder;
  /**
   * Makes the HAL over the port; its interrupts are connected for you. Default a TimerHal of 32
   * timers.
   */
  readonly hal?: SimHalFactory;
  /**
   * Puts another timer implementation under the suite instead of Escapement's HAL. It connects its
   * interrupts itself, with `chip.connect` and `chip.enable`.
   */
  readonly driver?: (chip: SimChip, port: TimerPort) => TimerDriver;
  /**
   * What the board promises about its speed; default derived from the chip's costs for Escapement's
   * HAL.
   */
  readonly latencies?: Partial<BoardLatencies>;
  /**
   * Whether what a callback throws is contained, as Escapement's HAL does. False for a `driver` to
   * whom nothing can throw, such as one in C: the laws about it are then skipped. Default true.
   */
  readonly exceptions?: boolean;
  /**
   * Accesses to the chip that one call of the driver, or one entry of its interrupt, may make before
   * it is ended as one that never returns. Default 1 000 000.
   */
  readonly accessesMax?: number;
}

/** {@link SimBoardOptions} with the profile looked up. */
interface BoardParts {
  readonly name: string;
  readonly chip: SimChipOptions;
  readonly port: (chip: SimChip) => TimerPort;
}

/**
 * Makes a simulated board: hardware, HAL and interpreter in one, in virtual time.
 *
 * A port that never clears its interrupt's flag leaves `driver-fault` error records in the trace.
 *
 * `reset()` powers up new hardware from the same seed, so the same programs after it leave the same
 * traces, always. A run is synchronous inside and never waits for real time.
 *
 * @throws TimerError `invalid-argument` when the chip, a model or the port is out of range.
 *
 * @example
 * ```ts
 * import { createSimBoard, FLAG_COMPARE, FLAG_OVERFLOW } from "@escapement/board-sim";
 *
 * export const board = createSimBoard({
 *   name: "my-chip",
 *   chip: { counterBits: 20, cpuHz: 24_000_000, cyclesPerTick: 4 },
 *   port: (chip) => ({
 *     counterBits: 20,
 *     frequencyHz: 6_000_000,
 *     minDeltaTicks: 1,
 *     readCounter: () => chip.counter,
 *     overflowPending: () => (chip.flags & FLAG_OVERFLOW) !== 0,
 *     acknowledgeOverflow: () => chip.clearFlags(FLAG_OVERFLOW),
 *     setCompare: (ticks) => { chip.compare = ticks; },
 *     enableCompare: (on) => (on ? chip.enable(FLAG_COMPARE) : chip.disable(FLAG_COMPARE)),
 *     comparePending: () => (chip.flags & FLAG_COMPARE) !== 0,
 *     acknowledgeCompare: () => chip.clearFlags(FLAG_COMPARE),
 *     saveAndMask: () => chip.saveAndMask(),
 *     restore: (state) => chip.restore(state),
 *     inInterrupt: () => chip.inInterrupt(),
 *   }),
 * });
 * ```
 */
export function createSimBoard(options: SimBoardOptions = {}): Board {
  const { name, chip: chipOptions, port: makePort } = partsOf(options);
  const { seed, models = {}, vcd, latencies, exceptions = true, accessesMax } = options;
  const shape = chipShape(chipOptions);
  checkModels(models);
  const frequencyHz = shape.cpuHz / shape.cyclesPerTick;
  const boot = (): BootedBoard => {
    const probe = vcd?.probe(name, shape);
    const chip = new SimChip(chipOptions, {
      models,
      // So that the trace shows why nothing is right any more.
      stormed: () => driver.onError?.("driver-fault"),
      ...(seed !== undefined && { seed }),
      ...(accessesMax !== undefined && { accessesMax }),
      ...(probe && { probe }),
    });
    // The code that makes the driver may loop as well.
    chip.patience.turn(0);
    const port = makePort(chip);
    checkPort(port, frequencyHz);
    const driver: TimerDriver = options.driver?.(chip, port) ?? bootHal(chip, port, options.hal);
    if (vcd !== undefined) watchHandlers(driver, chip);
    return { driver, machine: new SimMachine(chip) };
  };
  // Measured on a chip of its own, so that the board's first boot is like every other.
  const sample = new SimChip(chipOptions, { models });
  const stated = simLatencies(sample, makePort(sample), models.latency?.maxCycles ?? 0);
  return createBoard({
    name,
    counterBits: shape.counterBits,
    frequencyHz,
    latencies: { ...stated, ...latencies },
    boot,
    // With drift on the CPU's clock no longer shows the counter's true time, which laws take it for.
    ...(models.drift === undefined && {
      reference: { frequencyHz: shape.cpuHz, modulusTicks: 2 ** 53 },
    }),
    nesting: shape.nesting,
    exceptions,
    fastForward: true,
  });
}

function partsOf(options: SimBoardOptions): BoardParts {
  if (options.chip !== undefined) {
    if (options.profile !== undefined) throw simErrors.twoChips();
    if (options.port === undefined) throw simErrors.noPort();
    return { name: options.name ?? "sim:custom", chip: options.chip, port: options.port };
  }
  const wanted = options.profile ?? "avr16";
  const profile = typeof wanted === "string" ? simProfiles[wanted] : wanted;
  if (profile === undefined)
    throw simErrors.noProfile({
      name: String(wanted),
      profiles: Object.keys(simProfiles).join(", "),
    });
  return {
    name: options.name ?? `sim:${profile.name}`,
    chip: profile.chip,
    port: options.port ?? profile.port,
  };
}

/** What no law can see: programs count in ticks, so a wrong frequency would pass them all. */
function checkPort(port: TimerPort, frequencyHz: number): void {
  if (Math.abs(port.frequencyHz - frequencyHz) <= frequencyHz * 1e-6) return;
  throw simErrors.otherFrequency({ portHz: String(port.frequencyHz), chipHz: frequencyHz });
}

function bootHal(chip: SimChip, port: TimerPort, makeHal?: SimHalFactory): TimerDriver {
  const factory: SimHalFactory =
    makeHal ?? ((thePort, onError) => new TimerHal(thePort, { capacity: 32, onError }));
  const driver = halDriver((onError) => {
    const hal = factory(port, onError);
    connectHal(chip, hal);
    return hal;
  });
  chip.enable(FLAG_OVERFLOW);
  return driver;
}

/**
 * Connects a HAL to a chip's timer interrupts: to two vectors, or to the one that the chip shares.
 * Which are enabled stays as it is.
 *
 * @example
 * ```ts
 * import { connectHal, FLAG_OVERFLOW, SimChip, simProfiles } from "@escapement/board-sim";
 * import { TimerHal } from "@escapement/core";
 *
 * const chip = new SimChip(simProfiles.stm32.chip);
 * connectHal(chip, new TimerHal(simProfiles.stm32.port(chip)));
 * chip.enable(FLAG_OVERFLOW);
 * ```
 */
export function connectHal(
  chip: SimChip,
  hal: Pick<TimerHal, "onCompare" | "onInterrupt" | "onOverflow">,
): void {
  const both = hal.onInterrupt;
  chip.connect(
    chip.shape.sharedVector
      ? { overflow: both, compare: both }
      : { overflow: hal.onOverflow, compare: hal.onCompare },
  );
}

/** Shows each timer's handler to the chip's probe; timers are counted by creation. */
function watchHandlers(driver: TimerDriver, chip: SimChip): void {
  const create = driver.create.bind(driver);
  const deinitAll = driver.deinitAll.bind(driver);
  let created = 0;
  driver.create = (spec, onExpiry) => {
    const timer = created;
    created += 1;
    return create(spec, (scheduledTicks) => {
      chip.markHandler(timer, true);
      try {
        onExpiry(scheduledTicks);
      } finally {
        chip.markHandler(timer, false);
      }
    });
  };
  driver.deinitAll = () => {
    deinitAll();
    created = 0;
  };
}
