import {
  type Chip,
  type ChipSnapshot,
  enterFunction,
  RETURN_WORD,
  setTimer1,
  UnoEmulator,
} from "@escapement/board-uno";
import { ExploreError } from "@escapement/explore";
import { BoardError } from "@escapement/scenario";
import { CodeMap, type CodePlace } from "./code-map.js";
import { targetOf, type UnoTargetOptions } from "./target.js";

const RESULT = 22;
/** Long enough for the firmware to start up and wait for the host. */
const BOOT_CYCLES = 1_000_000;
/** A call that takes longer does not return. */
const CALL_CYCLES = 1_000_000;
const INSTRUCTIONS_MAX = 200;
/** The wrap is so far ahead at the call: farther than 200 instructions get. */
const LEAD_TICKS = 0x1000;

/** One placement in a path, after the function returned. */
export interface FunctionRun {
  /** The instruction before which the counter wrapped, counted from 0 at the function's first. */
  readonly point: number;
  /** The 32-bit result. */
  readonly result32: number;
  /** The true time at the call, in ticks modulo 2^32: the laps counted so far and the counter. */
  readonly callTicks: number;
  /** The true time at the return; may be beyond 2^32. */
  readonly returnTicks: number;
}

/** Which function's path is swept, and how. */
export interface ExploreFunctionOptions extends Omit<UnoTargetOptions, "slackTicks"> {
  /** The function, by its symbol; called as C would. */
  readonly function: string;
  /** Arguments of 16 bits each, at most 9; a 32-bit argument is two of them, high word first. */
  readonly args?: readonly number[];
  /** Whether interrupts are enabled during the call; default true. */
  readonly interrupts?: boolean;
  /** Prepares the booted firmware, for instance by calling other functions of it. */
  readonly prepare?: (emulator: UnoEmulator) => void;
  /** Says what is wrong with a placement's result, if anything is. */
  readonly check?: (placement: FunctionRun) => string | undefined;
  /** How often the whole path is swept; default 1. For measuring. */
  readonly rounds?: number;
  /** True runs the path anew for each placement in place of going back to a copy; the same results. */
  readonly rerun?: boolean;
}

/** A placement that the check complained of. */
export interface FunctionFinding {
  /** The placement. */
  readonly placement: FunctionRun;
  /** The instruction before which the counter wrapped. */
  readonly place: CodePlace;
  /** What is wrong. */
  readonly message: string;
}

/** What a path sweep answers. */
export interface FunctionReport {
  /** Instructions of the path from its first to its return, at most 200. */
  readonly instructions: number;
  /** Placements, over all rounds. */
  readonly placed: number;
  /** What went wrong; the first round's. */
  readonly failures: readonly FunctionFinding[];
}

/**
 * Places the counter's wrap, and with it the overflow interrupt, before each of the first 200
 * instructions of one call of a firmware function, and runs each to the function's return.
 *
 * This is the sweep's engine without anything around it: no agent, no program, nothing left out.
 * Timer1 counts every cycle, as the firmware sets it up.
 *
 * @throws ExploreError `symbols`, `invalid-argument`, or `cannot-run` where the function does not return.
 *
 * @example
 * ```ts
 * import { exploreFunction } from "@escapement/explore-avr";
 *
 * const { placed, failures } = exploreFunction({
 *   function: "esc_now",
 *   check: ({ result32, callTicks, returnTicks }) =>
 *     result32 >= callTicks && result32 <= returnTicks ? undefined : `read ${result32}`,
 * });
 * console.log(placed, failures.length);
 * ```
 */
export function exploreFunction(options: ExploreFunctionOptions): FunctionReport {
  const { image } = targetOf(options);
  const { rounds = 1, rerun = false } = options;
  if (!(Number.isInteger(rounds) && rounds >= 1)) {
    throw new ExploreError(
      "invalid-argument",
      `rounds is ${rounds}`,
      "Give a whole number of 1 or more.",
    );
  }
  const map = new CodeMap(image.symbols);
  const emulator = new UnoEmulator({
    hex: image.hex,
    symbols: image.symbols.symbols,
    stock: image.stock,
  });
  emulator.runUntil(() => emulator.idle, BOOT_CYCLES);
  options.prepare?.(emulator);
  const path = new Path(emulator.chip, map, options);
  const first = path.sweep(rerun);
  let { placed } = first;
  for (let round = 1; round < rounds; round += 1) placed += path.sweep(rerun).placed;
  return { ...first, placed };
}

/** A call that has just been made, and can be made again. */
class Path {
  readonly #chip: Chip;
  readonly #map: CodeMap;
  readonly #check: ExploreFunctionOptions["check"];
  readonly #start: ChipSnapshot;
  readonly #here: ChipSnapshot;
  readonly #startCycle: number;
  readonly #callTicks: number;
  readonly #name: string;

  constructor(chip: Chip, map: CodeMap, options: ExploreFunctionOptions) {
    const { args = [], interrupts = true } = options;
    if (args.length > 9) {
      throw new ExploreError(
        "invalid-argument",
        `${args.length} words of arguments`,
        "At most 9 go in registers.",
      );
    }
    const { cpu } = chip;
    this.#chip = chip;
    this.#map = map;
    this.#check = options.check;
    this.#name = options.function;
    setTimer1(chip, 0x10000 - LEAD_TICKS);
    if (chip.eventCycle("wrap") === Number.POSITIVE_INFINITY) {
      throw new BoardError(
        "board-fault",
        "Timer1 stands still",
        "Sweep an image that starts Timer1 in its start-up.",
      );
    }
    enterFunction(cpu, map.address(options.function), args, interrupts);
    const laps = cpu.dataView.getUint32(map.address("esc_wraps"), true);
    this.#startCycle = cpu.cycles;
    const counter = 0x10000 - (chip.eventCycle("wrap") - cpu.cycles);
    this.#callTicks = ((laps * 0x10000) % 2 ** 32) + counter;
    this.#start = chip.snapshot();
    this.#start.save();
    this.#here = chip.snapshot();
  }

  /** Places the wrap before each instruction. */
  sweep(rerun: boolean): FunctionReport {
    const chip = this.#chip;
    const { cpu } = chip;
    const failures: FunctionFinding[] = [];
    let point = 0;
    this.#start.restore();
    for (; cpu.pc !== RETURN_WORD && point < INSTRUCTIONS_MAX; point += 1) {
      this.#here.save();
      const word = cpu.pc;
      if (rerun) this.#goTo(point);
      chip.hold(chip.eventCycle("wrap"));
      this.#runToReturn();
      const placement = {
        point,
        result32: cpu.dataView.getUint32(RESULT, true),
        callTicks: this.#callTicks,
        returnTicks: this.#callTicks + cpu.cycles - this.#startCycle,
      };
      const message = this.#check?.(placement);
      if (message !== undefined)
        failures.push({ placement, place: this.#map.place(word), message });
      this.#here.restore();
      chip.step();
    }
    return { instructions: point, placed: point, failures };
  }

  #goTo(point: number): void {
    this.#start.restore();
    for (let step = 0; step < point; step += 1) this.#chip.step();
  }

  #runToReturn(): void {
    const chip = this.#chip;
    const { cpu } = chip;
    const limit = cpu.cycles + CALL_CYCLES;
    while (cpu.pc !== RETURN_WORD) {
      chip.step();
      if (cpu.cycles <= limit) continue;
      throw new ExploreError(
        "cannot-run",
        `${this.#name} does not return within ${CALL_CYCLES} cycles`,
        "Sweep functions that come back by themselves; prepare what they need.",
      );
    }
  }
}
