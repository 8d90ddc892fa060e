import {
  type Chip,
  type ChipSnapshot,
  enterFunction,
  RETURN_WORD,
  setTimer1,
  UnoEmulator,
} from "@escapement/board-uno";
import { wholeNumber } from "@escapement/explore";
import { avrErrors } from "./avr-errors.js";
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

/** One run of the function, with the wrap before one of its instructions. */
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

/** Which function is searched, and how. */
export interface ExploreFunctionOptions extends Omit<UnoTargetOptions, "slackTicks"> {
  /** The function, by its symbol; called as C would. */
  readonly function: string;
  /** Arguments of 16 bits each, at most 9; a 32-bit argument is two of them, high word first. */
  readonly args?: readonly number[];
  /** Whether interrupts are enabled during the call; default true. */
  readonly interrupts?: boolean;
  /** Prepares the booted firmware, for instance by calling other functions of it. */
  readonly prepare?: (emulator: UnoEmulator) => void;
  /** Returns what is wrong with a run's result, if anything is. */
  readonly check?: (run: FunctionRun) => string | undefined;
  /** How often all runs are made; default 1. For measuring. */
  readonly rounds?: number;
  /** True runs the function from its call for each run in place of going back to a copy; the same results. */
  readonly rerun?: boolean;
}

/** A run whose result is wrong. */
export interface FunctionFinding {
  /** The run. */
  readonly run: FunctionRun;
  /** The instruction before which the counter wrapped. */
  readonly place: CodePlace;
  /** What is wrong. */
  readonly message: string;
}

/** The report of a search of one function. */
export interface FunctionReport {
  /** Instructions from the function's first to its return, at most 200. */
  readonly points: number;
  /** Runs, over all rounds. */
  readonly runs: number;
  /** What is wrong; the first round's. */
  readonly findings: readonly FunctionFinding[];
}

/**
 * Puts the counter's wrap, and with it the overflow interrupt, before each of the first 200
 * instructions of one call of a firmware function, and runs each to the function's return.
 *
 * This is the engine of the search without anything around it: no agent, no program, nothing left
 * out. Timer1 counts every cycle, as the firmware sets it up.
 *
 * @throws ExploreError `symbols`, `invalid-argument`, or `cannot-run` where the function does not
 * return or Timer1 stands still.
 *
 * @example
 * ```ts
 * import { exploreFunction } from "@escapement/explore-avr";
 *
 * const { runs, findings } = exploreFunction({
 *   function: "esc_now",
 *   check: ({ result32, callTicks, returnTicks }) =>
 *     result32 >= callTicks && result32 <= returnTicks ? undefined : `read ${result32}`,
 * });
 * console.log(runs, findings.length);
 * ```
 */
export function exploreFunction(options: ExploreFunctionOptions): FunctionReport {
  const { image } = targetOf(options);
  const { rerun = false } = options;
  const rounds = wholeNumber("rounds", options.rounds ?? 1, 1, 1_000_000_000);
  const map = new CodeMap(image.symbols);
  const emulator = new UnoEmulator({
    hex: image.hex,
    symbols: image.symbols.symbols,
    stock: image.stock,
  });
  emulator.runUntil(() => emulator.idle, BOOT_CYCLES);
  options.prepare?.(emulator);
  const call = new PreparedCall(emulator.chip, map, options);
  const first = call.search(rerun);
  let { runs } = first;
  for (let round = 1; round < rounds; round += 1) runs += call.search(rerun).runs;
  return { ...first, runs };
}

/** A call that has just been made, and can be made again. */
class PreparedCall {
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
    if (args.length > 9) throw avrErrors.tooManyArguments({ count: args.length });
    const { cpu } = chip;
    this.#chip = chip;
    this.#map = map;
    this.#check = options.check;
    this.#name = options.function;
    setTimer1(chip, 0x10000 - LEAD_TICKS);
    if (chip.eventCycle("wrap") === Number.POSITIVE_INFINITY) throw avrErrors.timerStopped();
    enterFunction(cpu, map.address(options.function), args, interrupts);
    const laps = cpu.dataView.getUint32(map.address("esc_wraps"), true);
    this.#startCycle = cpu.cycles;
    const counter = 0x10000 - (chip.eventCycle("wrap") - cpu.cycles);
    this.#callTicks = ((laps * 0x10000) % 2 ** 32) + counter;
    this.#start = chip.snapshot();
    this.#start.save();
    this.#here = chip.snapshot();
  }

  /** Puts the wrap before each instruction. */
  search(rerun: boolean): FunctionReport {
    const chip = this.#chip;
    const { cpu } = chip;
    const findings: FunctionFinding[] = [];
    let point = 0;
    this.#start.restore();
    for (; cpu.pc !== RETURN_WORD && point < INSTRUCTIONS_MAX; point += 1) {
      this.#here.save();
      const word = cpu.pc;
      if (rerun) this.#goTo(point);
      chip.hold(chip.eventCycle("wrap"));
      this.#runToReturn();
      const run = {
        point,
        result32: cpu.dataView.getUint32(RESULT, true),
        callTicks: this.#callTicks,
        returnTicks: this.#callTicks + cpu.cycles - this.#startCycle,
      };
      const message = this.#check?.(run);
      if (message !== undefined) findings.push({ run, place: this.#map.place(word), message });
      this.#here.restore();
      chip.step();
    }
    return { points: point, runs: point, findings };
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
      throw avrErrors.noReturn({ name: this.#name, cycles: CALL_CYCLES });
    }
  }
}
