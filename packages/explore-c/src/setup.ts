import type { CProgram } from "@escapement/board-c";
import { simProfiles } from "@escapement/board-sim";
import {
  compiledMain,
  endsProgram,
  endsWithZero,
  failsProgram,
  failsWithZero,
  handlerNamed,
  isMainNamed,
  onlyPrints,
  registersHandler,
} from "./conventions.js";
import { type MaskEffect, maskEffectOf } from "./mask-names.js";
import { raceErrors } from "./race-errors.js";
import type { Assumption, Handler, RaceSetup, RaceSetupOptions } from "./race-setup.js";
import { handlersInTable, watchRegistrations } from "./registrations.js";

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
  const { peripherals = [], profile = simProfiles.stm32 } = options;
  if (peripherals.length > 0 && program.wordBytes > 0) throw raceErrors.storesUnseen();
  const named = options.handlers?.length ? options.handlers : findHandlers(program);
  const mainName = options.main ?? findMain(program, named);
  const first: RaceSetup = {
    program,
    main: exportOf(program, mainName),
    mainName,
    handlers: named,
    assumptions: assume(program, options),
    devices: options.devices ?? [],
    peripherals,
    profile,
    models: modelsOf(program, options.models ?? []),
    undefinedData: program.undefinedData.flatMap((name) =>
      modelsOf(program, [name]).map(([start, end]) => ({
        ...{ start, end },
        isAssumed: program.assumedNames.includes(name),
      })),
    ),
    pool: inputPool(program),
  };
  const setup = named === options.handlers ? first : withTable(first);
  const handlers = withRegistered(setup, (options.handlers ?? []).length === 0);
  if (handlers.length === 0) throw raceErrors.noHandlers();
  if (handlers.length > HANDLERS_MAX) {
    throw raceErrors.tooManyHandlers({ count: handlers.length, most: HANDLERS_MAX });
  }
  for (const { name, predicate, isRegistered } of handlers) {
    if (!isRegistered) checkFunction(program, name);
    if (predicate !== undefined) checkFunction(program, predicate);
  }
  return { ...setup, handlers };
}

/** Adds what a table of vectors names. */
function withTable(setup: RaceSetup): RaceSetup {
  const known = new Set(setup.handlers.map(({ name }) => name));
  const more = handlersInTable(setup).filter(({ name }) => !known.has(name));
  return more.length === 0 ? setup : { ...setup, handlers: [...setup.handlers, ...more] };
}

/** Adds what the plain run registers; what was named by the user stays as it is. */
function withRegistered(setup: RaceSetup, adds: boolean): readonly Handler[] {
  const { registered, priorities } = watchRegistrations(setup);
  const known = setup.handlers.map((handler) => {
    const found = registered.find(({ name }) => name === handler.name);
    return found !== undefined && adds ? { ...handler, ...found } : handler;
  });
  if (!adds) return known;
  const fresh = registered.filter(({ name }) => setup.handlers.every((each) => each.name !== name));
  const all = [...known, ...fresh.map((handler) => ({ priority: 1, ...handler }))];
  if (priorities.size === 0) return all;
  // A lower number is more urgent, and one that nobody gave is 0, the most urgent.
  const urgency = ({ number }: Handler): number => priorities.get(number) ?? 0;
  const levels = [...new Set(all.map(urgency))].sort((one, other) => other - one);
  return all.map((handler) => ({ ...handler, priority: 1 + levels.indexOf(urgency(handler)) }));
}

function modelsOf(program: CProgram, names: readonly string[]): RaceSetup["models"] {
  return names.flatMap((name) => {
    const found = program.variables.named(name);
    if (found.length === 0) throw raceErrors.noSuchVariable({ name });
    return found.map(({ address, size }) => [address, address + size] as const);
  });
}

function exportOf(program: CProgram, name: string): string {
  const found = name === "main" ? compiledMain.find((each) => program.functions.has(each)) : name;
  if (found === undefined) throw raceErrors.noMain({ found: "no function main" });
  if (name !== "main") checkFunction(program, found);
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

/** Whether it is the default handler under another name: what a start-up file gives each interrupt that has none. */
function standsForMany({ aliases }: CProgram, name: string): boolean {
  const others = aliases.get(name) ?? [];
  return others.some(
    (other) => /default|unused|unhandled|dummy|spurious/i.test(other) || handlerNamed(other),
  );
}

/** By priority, then by name, so that the same program has the same schedules. */
function findHandlers(program: CProgram): readonly Handler[] {
  const { functions, markedHandlers, interruptNumbers } = program;
  const marked = markedHandlers
    .filter(({ name }) => functions.get(name) === 0)
    .map(({ name, number, priority }) => ({
      ...(handlerNamed(name, interruptNumbers) ?? { name, number: -2, priority: 1 }),
      ...(number !== undefined && { number }),
      ...(priority !== undefined && { priority }),
    }));
  const named = [...functions]
    .filter(([name, count]) => count === 0 && marked.every((each) => each.name !== name))
    .filter(([name]) => !standsForMany(program, name))
    .flatMap(([name]) => handlerNamed(name, interruptNumbers) ?? []);
  return [...marked, ...named].sort(
    (one, other) =>
      one.priority - other.priority ||
      one.number - other.number ||
      (one.name < other.name ? -1 : 1),
  );
}

function assume(program: CProgram, options: RaceSetupOptions): Map<string, Assumption> {
  const pool = inputPool(program);
  const assumptions = new Map<string, Assumption>();
  for (const { name, returns, takes } of program.undefinedFunctions) {
    const given = options.inputs?.find((input) => input.name === name);
    if (given !== undefined) assumptions.set(name, { kind: "input", values: given.values });
    else
      assumptions.set(
        name,
        assumeOf({ name, takes, returns: returns !== undefined }, pool, options),
      );
  }
  for (const name of program.announced) {
    const effect = effectOf(name, program.functions.get(name), options);
    // What such a function returns is its own: nobody knows which of its values is which.
    const own = effect === "save and disable" ? "enter" : effect === "restore" ? "leave" : effect;
    if (own !== undefined && own !== "read mask")
      assumptions.set(name, { kind: "mask", effect: own });
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
  {
    name,
    takes,
    returns,
  }: { readonly name: string; readonly takes: number; readonly returns: boolean },
  pool: readonly number[],
  options: RaceSetupOptions,
): Assumption {
  const registers = registersHandler(name);
  if (registers !== undefined) return { kind: "registers", ...registers };
  const effect = effectOf(name, takes, options);
  if (effect !== undefined) return { kind: "mask", effect };
  if (failsWithZero(name)) return { kind: "fails with 0" };
  if (endsWithZero(name)) return { kind: "ends with 0" };
  if (onlyPrints(name)) return { kind: "nothing" };
  if (endsProgram(name)) return { kind: "ends" };
  if (failsProgram(name) || name === "esc_race_failed") return { kind: "fails" };
  return returns ? { kind: "input", values: pool } : { kind: "nothing" };
}

function effectOf(
  name: string,
  takes: number | undefined,
  { enable = [], disable = [] }: RaceSetupOptions,
): MaskEffect | undefined {
  if (enable.includes(name)) return "enable one";
  return disable.includes(name) ? "disable one" : maskEffectOf(name, takes);
}

/**
 * 0 first, then 1, then what the program compares with, and its neighbours, then what it takes bits or an index of; small
 * numbers first.
 */
function inputPool({ constants, singles }: CProgram): readonly number[] {
  const bySize = (numbers: readonly number[]) =>
    numbers
      .filter((value) => Number.isSafeInteger(value) && Math.abs(value) < 2 ** 31)
      .sort((one, other) => Math.abs(one) - Math.abs(other) || one - other);
  const near = bySize(constants).flatMap((value) => [value, value + 1, value - 1]);
  const compared = [...new Set([0, 1, ...near])];
  const single = bySize(singles).filter((value) => !compared.includes(value));
  const room = Math.max(POOL_MAX / 2, POOL_MAX - single.length);
  return [...compared.slice(0, room), ...single].slice(0, POOL_MAX);
}
