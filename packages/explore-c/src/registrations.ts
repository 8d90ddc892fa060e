import { isRequested, setsPriority } from "./conventions.js";
import { faultOf } from "./fault-of.js";
import { defaultRaceLimits } from "./limits.js";
import type { Handler, RaceSetup } from "./race-setup.js";
import { Quiet } from "./run-end.js";
import { World } from "./world.js";

/** A handler that the program hands to a function such as `attachInterrupt`. */
type RegisteredHandler = Omit<Handler, "priority" | "predicate">;

/** What the plain run of a program says about its handlers. */
export interface Registrations {
  /** Handlers, in the order in which they are registered. */
  readonly registered: readonly RegisteredHandler[];
  /** Priorities by the numbers of interrupts: a lower one is more urgent. */
  readonly priorities: ReadonlyMap<number, number>;
}

/** Names of tables of vectors. */
const vectorTable =
  /^_*(?:g_?)?(?:\w+_)?(?:pfn)?(?:isr_?|interrupt_?|irq_?)?vectors?(?:_?table)?$|^\w*(?:isr|irq|interrupt)_?table$/i;

/**
 * Handlers that only a table of vectors names, by their places in it: the sixteenth is the interrupt of number 0, as on a
 * Cortex-M. What stands there more than once is for interrupts that nobody handles.
 */
export function handlersInTable(setup: RaceSetup): readonly Handler[] {
  const { variables, functionPointers, functions } = setup.program;
  const tables = variables.list().filter(({ name, size }) => vectorTable.test(name) && size >= 8);
  if (tables.length === 0) return [];
  const { view } = new World({ ...setup, handlers: [] }, defaultRaceLimits).machine;
  return tables.flatMap(({ address, size }) => {
    const names = Array.from({ length: size >> 2 }, (_, place) => {
      return functionPointers.get(view.getUint32(address + 4 * place, true))?.name ?? "";
    });
    return names.flatMap((name, place) => {
      const isOne = names.indexOf(name) === names.lastIndexOf(name) && functions.get(name) === 0;
      const counts = isOne && place > 1 && isRequested(name) && name !== setup.mainName;
      return counts ? [{ name, number: place - 16, priority: 1 }] : [];
    });
  });
}

const FUEL = 1_000_000;

/** Runs a program once without interrupts, and notes what it registers. */
export function watchRegistrations(setup: RaceSetup): Registrations {
  const registered: RegisteredHandler[] = [];
  const priorities = new Map<number, number>();
  const { undefinedFunctions, functionPointers } = setup.program;
  const concerns = undefinedFunctions.some(
    ({ name }) => setup.assumptions.get(name)?.kind === "registers" || setsPriority(name),
  );
  if (!concerns) return { registered, priorities };
  const note = (name: string, given: readonly number[]): void => {
    if (setsPriority(name)) priorities.set(given[0] ?? 0, given[1] ?? 0);
    if (setup.assumptions.get(name)?.kind !== "registers") return;
    const place = given.findIndex((value) => functionPointers.has(value));
    const handler = functionPointers.get(given[place] ?? -1);
    if (handler === undefined || registered.some((each) => each.name === handler.name)) return;
    // The number comes first, or behind a handler that comes first; what a handler takes is behind it.
    const number = given[place === 0 ? 1 : 0] ?? -2;
    registered.push({
      ...{ name: handler.name, number, isRegistered: true },
      ...(handler.takes > 0 && { argument: given[place + 1] ?? 0 }),
    });
  };
  const world = new World({ ...setup, handlers: [] }, { ...defaultRaceLimits, fuel: FUEL }, note);
  try {
    world.run({ handler: () => -1, input: ({ usual }) => usual }, { split: () => {} });
  } catch (error) {
    // The search meets it again.
    if (!(error instanceof Quiet) && faultOf(error, world.machine.stackPointer) === undefined) {
      throw error;
    }
  }
  return { registered, priorities };
}
