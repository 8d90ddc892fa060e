import { simErrors } from "./sim-errors.js";

/** Bit of the overflow flag in a chip's flag and interrupt-enable registers. */
export const FLAG_OVERFLOW = 1;

/** Bit of the compare flag in a chip's flag and interrupt-enable registers. */
export const FLAG_COMPARE = 2;

/**
 * What a simulated chip is like. Only the first three members are needed; the defaults are those
 * of a plain up-counter on a core with interrupt priorities.
 *
 * @example
 * ```ts
 * import type { SimChipOptions } from "@escapement/board-sim";
 *
 * export const chip: SimChipOptions = {
 *   counterBits: 20,
 *   cpuHz: 24_000_000,
 *   cyclesPerTick: 4, // a 6 MHz counter
 *   countDown: true,
 * };
 * ```
 */
export interface SimChipOptions {
  /**
   * Width of the counter: 3 to 32 bits; or 33 to 64 for one read in two halves, without overflow
   * flag.
   */
  readonly counterBits: number;
  /** CPU cycles per second; above 0. Also the frequency of the board's reference clock. */
  readonly cpuHz: number;
  /** CPU cycles for one tick of the counter, prescaler included; an integer of 1 or more. */
  readonly cyclesPerTick: number;
  /** Width of the compare register, 3 to 32; by default the counter's, at most 32. */
  readonly compareBits?: number;
  /** The raw counter counts down from all ones, and the compare register with it. Default false. */
  readonly countDown?: boolean;
  /**
   * Where a down-counter's overflow flag rises: `reload` (the default), when it starts over from all
   * ones, or `zero`, one tick earlier, when it comes to 0. A port turns the first round as
   * `TOP - counter`, the second as `-counter` modulo a lap: what the HAL sees has to be 0 just where
   * the flag rises.
   */
  readonly overflowAt?: "reload" | "zero";
  /**
   * Raw counter at boot; by default about 0.7 laps in, so that nothing may assume a start at zero.
   */
  readonly startCounter?: number;
  /**
   * A compare value written fewer ticks than this ahead of the counter does not match until the
   * next lap: 0 matches even the present count, 1 (the default) the next, 2 is a chip that
   * cannot match at N or N + 1.
   */
  readonly minMatchTicks?: number;
  /**
   * CPU cycles of each register access; the register is read or written half way. Default 2. With 0
   * a loop that waits for the counter does not end, unless a watcher lets time pass.
   */
  readonly accessCycles?: number;
  /** CPU cycles from an interrupt's acceptance to its handler. Default 12. */
  readonly entryCycles?: number;
  /** CPU cycles from the handler's end to the code it interrupted. Default 8. */
  readonly exitCycles?: number;
  /**
   * True (the default): an interrupt of higher priority interrupts a running handler, as on
   * Cortex-M. False: entering a handler masks all interrupts until it returns, as on an AVR.
   */
  readonly nesting?: boolean;
  /**
   * Entering a handler clears the flag that called it, as on an AVR. Needs two vectors. Default
   * false.
   */
  readonly clearsFlagAtEntry?: boolean;
  /** Overflow and compare call one common handler. Default false. */
  readonly sharedVector?: boolean;
  /**
   * An interrupt that waits when another ends is entered straight away, as on a Cortex-M (tail-chaining):
   * the interrupted code gets no step between the two, however many follow each other. Default false:
   * after eight of them it takes one step.
   */
  readonly tailChain?: boolean;
  /**
   * A vector that was requested comes, also when its flag was cleared before it got its turn, as where
   * the controller has a pending bit of its own (a Cortex-M's NVIC). Default false.
   */
  readonly latchesRequest?: boolean;
}

/** {@link SimChipOptions} with every default filled in. */
export type SimChipShape = Required<SimChipOptions>;

/**
 * Checks chip options and fills in the defaults.
 *
 * @throws TimerError `invalid-argument`, naming the member and its range.
 */
export function chipShape(options: SimChipOptions): SimChipShape {
  if (checked.has(options)) return options as SimChipShape;
  const bits = integer("counterBits", options.counterBits, 3, 64);
  const compareBits = integer("compareBits", options.compareBits ?? Math.min(bits, 32), 3, 32);
  if (compareBits > bits) refuse("compareBits", compareBits, `at most counterBits, ${bits}`);
  if (!(options.cpuHz > 0 && Number.isFinite(options.cpuHz)))
    refuse("cpuHz", options.cpuHz, "a finite number above 0");
  const top = 2 ** Math.min(bits, 53) - 1;
  const shape: SimChipShape = {
    counterBits: bits,
    compareBits,
    cpuHz: options.cpuHz,
    cyclesPerTick: integer("cyclesPerTick", options.cyclesPerTick, 1, 2 ** 20),
    countDown: options.countDown ?? false,
    overflowAt: options.overflowAt ?? "reload",
    startCounter: integer("startCounter", options.startCounter ?? startOf(bits), 0, top),
    minMatchTicks: integer("minMatchTicks", options.minMatchTicks ?? 1, 0, 2 ** compareBits - 1),
    accessCycles: integer("accessCycles", options.accessCycles ?? 2, 0, 1000),
    entryCycles: integer("entryCycles", options.entryCycles ?? 12, 0, 1000),
    exitCycles: integer("exitCycles", options.exitCycles ?? 8, 0, 1000),
    nesting: options.nesting ?? true,
    clearsFlagAtEntry: options.clearsFlagAtEntry ?? false,
    sharedVector: options.sharedVector ?? false,
    tailChain: options.tailChain ?? false,
    latchesRequest: options.latchesRequest ?? false,
  };
  if (shape.clearsFlagAtEntry && shape.sharedVector)
    refuse("clearsFlagAtEntry", true, "false where sharedVector is true: one entry has two flags");
  if (shape.clearsFlagAtEntry && shape.latchesRequest)
    refuse(
      "latchesRequest",
      true,
      "false where clearsFlagAtEntry is true: there the flag is the request",
    );
  if (shape.countDown && bits > 32)
    refuse("countDown", true, "false where counterBits is above 32");
  if (shape.overflowAt !== "reload" && shape.overflowAt !== "zero")
    refuse("overflowAt", shape.overflowAt, "reload or zero");
  if (shape.overflowAt === "zero" && !shape.countDown)
    refuse("overflowAt", "zero", "reload where countDown is false: an up-counter has one place");
  checked.add(shape);
  return shape;
}

/** Shapes that need no second look: a search powers the same chip up millions of times. */
const checked = new WeakSet<SimChipOptions>();

function startOf(bits: number): number {
  // A wide counter starts a little below 2^32, so that its halves wrap early in a run.
  return bits > 32 ? 2 ** 32 - 50_000 : Math.floor(2 ** bits * 0.7);
}

function integer(name: string, value: number, least: number, most: number): number {
  if (!Number.isSafeInteger(value) || value < least || value > most)
    refuse(name, value, `an integer from ${least} to ${most}`);
  return value;
}

function refuse(name: string, value: unknown, wanted: string): never {
  throw simErrors.badMember({ name, value: String(value), wanted });
}
