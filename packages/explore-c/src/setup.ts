import type { CProgram } from "@escapement/board-c";
import {
  compiledMain,
  endsProgram,
  failsProgram,
  handlerNamed,
  isMainNamed,
  type MaskEffect,
  maskEffectOf,
} from "./conventions.js";
import { raceErrors } from "./race-errors.js";

/** An interrupt handler of the program. */
export interface Handler {
  /** The function. */
  readonly name: string;
  /** Its number, as the masks name it; −2 for none. */
  readonly number: number;
  /** It interrupts what has a lower priority; the main program has 0. */
  readonly priority: number;
  /** A function that returns whether it is requested; always when absent. */
  readonly predicate?: string;
}

/** A register, or several: reads give one of the values, writes go nowhere. */
export interface Device {
  /** The first address. */
  readonly address: number;
  /** How many bytes; 4 when absent. */
  readonly length?: number;
  /** What reads may give, the usual value first. */
  readonly values: readonly number[];
}

/** What is said of a program besides its files; what is left out is found by names. */
export interface RaceSetupOptions {
  /** The main program. */
  readonly main?: string;
  /** The handlers. */
  readonly handlers?: readonly Handler[];
  /** Functions that enable the handler of a number (−1 for all), besides the usual ones. */
  readonly enable?: readonly string[];
  /** Functions that disable one, besides the usual ones. */
  readonly disable?: readonly string[];
  /** Functions that return an input, with the values, the usual one first; functions that are undefined. */
  readonly inputs?: readonly {
    /** The function. */
    readonly name: string;
    /** What it may return, the usual value first. */
    readonly values: readonly number[];
  }[];
  /** Registers. */
  readonly devices?: readonly Device[];
  /** Variables of a chip model: no points there, and no findings. */
  readonly models?: readonly string[];
}

/** What an undefined function is taken for. */
export type Assumption =
  | {
      /** It works on the masks. */
      readonly kind: "mask";
      /** What it does to them. */
      readonly effect: MaskEffect;
    }
  | {
      /** Its result comes from outside. */
      readonly kind: "input";
      /** What it may return, the usual value first. */
      readonly values: readonly number[];
    }
  | {
      /** It ends the program, it is a failed assertion, or it does nothing. */
      readonly kind: "ends" | "fails" | "nothing";
    };

/** A program with all that a search has to know of it. */
export interface RaceSetup {
  /** The program. */
  readonly program: CProgram;
  /** The main program, as the module exports it. */
  readonly main: string;
  /** The main program, as the source names it. */
  readonly mainName: string;
  /** The handlers, in the order of their numbers in schedules. */
  readonly handlers: readonly Handler[];
  /** What undefined functions are taken for. */
  readonly assumptions: ReadonlyMap<string, Assumption>;
  /** Registers. */
  readonly devices: readonly Device[];
  /** Addresses of a chip model's own variables: first byte, and the byte behind. */
  readonly models: readonly (readonly [start: number, end: number])[];
}

/** The most handlers of one search: contexts are bits of 32, and the main program is one. */
const HANDLERS_MAX = 31;

/** The most values that an input has by itself. */
const POOL_MAX = 24;

/**
 * Finds the main program, the handlers and the meaning of undefined functions.
 *
 * @throws ExploreError `invalid-argument` for what is missing or does not fit.
 */
export function setUp(program: CProgram, options: RaceSetupOptions = {}): RaceSetup {
  const handlers = options.handlers?.length ? options.handlers : findHandlers(program);
  if (handlers.length === 0) throw raceErrors.noHandlers();
  if (handlers.length > HANDLERS_MAX) {
    throw raceErrors.tooManyHandlers({ count: handlers.length, most: HANDLERS_MAX });
  }
  for (const { name, predicate } of handlers) {
    checkFunction(program, name);
    if (predicate !== undefined) checkFunction(program, predicate);
  }
  const mainName = options.main ?? findMain(program, handlers);
  const models = (options.models ?? []).flatMap((name) => {
    const found = program.variables.named(name);
    if (found.length === 0) throw raceErrors.noSuchVariable({ name });
    return found.map(({ address, size }) => [address, address + size] as const);
  });
  return {
    program,
    main: exportOf(program, mainName),
    mainName,
    handlers,
    assumptions: assume(program, options),
    devices: options.devices ?? [],
    models,
  };
}

function exportOf(program: CProgram, name: string): string {
  const found = name === "main" ? compiledMain.find((each) => program.functions.has(each)) : name;
  if (found === undefined) throw raceErrors.noMain({ found: "main takes arguments" });
  checkFunction(program, found);
  return found;
}

function checkFunction({ functions }: CProgram, name: string): void {
  const count = functions.get(name);
  if (count === undefined) {
    const near = [...functions.keys()].filter((each) => !each.startsWith("__")).slice(0, 12);
    throw raceErrors.noSuchFunction({ name, near: near.join(", ") });
  }
  if (count > 0) throw raceErrors.takesArguments({ name, count });
}

function findMain({ functions }: CProgram, handlers: readonly Handler[]): string {
  const handled = new Set(handlers.map(({ name }) => name));
  const found = [...functions]
    .filter(([name, count]) => isMainNamed(name) && count === 0 && !handled.has(name))
    .map(([name]) => name)
    .filter((name) => !name.startsWith("__"));
  const [first] = found;
  if (found.includes("main")) return "main";
  if (found.length === 1 && first !== undefined) return first;
  if (compiledMain.some((name) => functions.has(name))) return "main";
  const text = found.length === 0 ? "no function main, none that ends in _main" : found.join(", ");
  throw raceErrors.noMain({ found: text });
}

/** By priority, then by name, so that the same program has the same schedules. */
function findHandlers({ functions }: CProgram): readonly Handler[] {
  return [...functions]
    .flatMap(([name, count]) => (count === 0 ? (handlerNamed(name) ?? []) : []))
    .sort(
      (one, other) =>
        one.priority - other.priority ||
        one.number - other.number ||
        (one.name < other.name ? -1 : 1),
    );
}

function assume(program: CProgram, options: RaceSetupOptions): Map<string, Assumption> {
  const pool = inputPool(program.constants);
  const assumptions = new Map<string, Assumption>();
  for (const { name, returns } of program.undefinedFunctions) {
    const given = options.inputs?.find((input) => input.name === name);
    if (given !== undefined) assumptions.set(name, { kind: "input", values: given.values });
    else assumptions.set(name, assumeOf(name, returns !== undefined, pool, options));
  }
  for (const { name } of options.inputs ?? []) {
    if (!assumptions.has(name)) {
      const near = [...assumptions.keys()].join(", ") || "no undefined functions";
      throw raceErrors.noSuchFunction({ name, near });
    }
  }
  return assumptions;
}

function assumeOf(
  name: string,
  returns: boolean,
  pool: readonly number[],
  { enable = [], disable = [] }: RaceSetupOptions,
): Assumption {
  if (enable.includes(name)) return { kind: "mask", effect: "enable one" };
  if (disable.includes(name)) return { kind: "mask", effect: "disable one" };
  const effect = maskEffectOf(name);
  if (effect !== undefined) return { kind: "mask", effect };
  if (endsProgram(name)) return { kind: "ends" };
  if (failsProgram(name) || name === "esc_race_failed") return { kind: "fails" };
  return returns ? { kind: "input", values: pool } : { kind: "nothing" };
}

/** 0 first, then 1, then what the program compares with, and its neighbours; small numbers first. */
function inputPool(constants: readonly number[]): readonly number[] {
  const near = constants
    .filter((value) => Number.isSafeInteger(value) && Math.abs(value) < 2 ** 31)
    .sort((one, other) => Math.abs(one) - Math.abs(other) || one - other)
    .flatMap((value) => [value, value + 1, value - 1]);
  return [...new Set([0, 1, ...near])].slice(0, POOL_MAX);
}
