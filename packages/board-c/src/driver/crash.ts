import { errorTable } from "@escapement/core";
import { BoardError } from "@escapement/scenario";
import type { CProgram } from "../c-program.js";
import type { SourcePlace } from "../dwarf/line-table.js";
import { isTrap } from "../wasm/web-assembly.js";

/** @internal How a driver ends a run that it should not end: its own fault, and so a `fail`. */
export const crashErrors = errorTable(BoardError, {
  trapped: {
    code: "never-ends",
    message: "{what}{place}",
    hint: "Look at that line of the driver: what it uses there is no longer, or not yet, what it takes it for.",
  },
  assertion: {
    code: "never-ends",
    message: "the assertion {condition} does not hold{place}",
    hint: "Ask which call, or which interrupt, left the state that the assertion names.",
  },
  ended: {
    code: "never-ends",
    message: "{call} was called{place}",
    hint: "Look above that line for what the driver found wrong; its log may say it.",
  },
  endless: {
    code: "never-ends",
    message: "{rounds} rounds of loops in one call{place}",
    hint: "Look for a loop in the driver that waits for what never comes, or that steps over its own end.",
  },
});

/** Said of a driver that has used up its stack, which lies below all data. */
export const fullStack = "the stack is full (32 KiB)";

/** What V8 says of a trap, and what it means in C. */
const meanings: readonly (readonly [said: RegExp, means: string])[] = [
  [/null function|signature mismatch|table index/, "a pointer is called that is no function's"],
  [/out of bounds/, "an address is used that is no memory's"],
  [/divide by zero|remainder by zero|unrepresentable/, "a number is divided by zero"],
  [/unreachable/, "a place is reached that the compiler takes for unreachable"],
];

/** Whatever came out of C, as an error of the board; one that is already gets the place. */
export function crashOf(error: unknown, program: CProgram, stackIsFull: boolean): BoardError {
  const place = placeIn(error, program);
  if (error instanceof BoardError) {
    const { code, message, hint } = error;
    if (code !== "never-ends" || message.includes(" at ")) return error;
    const placed = { message: `${message}${place}`, hint };
    return new BoardError(code, placed.message, placed.hint, { cause: error });
  }
  const crash = (what: string) => crashErrors.trapped({ what, place }, { cause: error });
  if (error instanceof RangeError) return crash("functions call each other without end");
  const said = error instanceof Error ? error.message : String(error);
  if (!isTrap(error)) return crash(said);
  if (stackIsFull) return crash(fullStack);
  return crash(meanings.find(([words]) => words.test(said))?.[1] ?? said);
}

/** An assertion of the driver that does not hold; the place is that of the call where it is known. `said`: its log. */
export function assertionFailed(
  program: CProgram,
  condition: string,
  file: string | undefined,
  line: number,
  said = "",
): BoardError {
  const found = placeHere(program);
  const place = found !== "" || file === undefined ? found : `, at ${file}:${line}`;
  const ends = condition === "abort()" || condition === "exit()";
  if (ends) return crashErrors.ended({ call: condition, place: place + said });
  return crashErrors.assertion({ condition, place: place + said });
}

/** An access to an address where nothing is; `missing` says what is not there, of one that is not null. */
export function wildAccess(address: number, stores: boolean, missing: string): string {
  const verb = stores ? "written" : "read";
  return address < 256
    ? `a null pointer is ${verb} (address ${address})`
    : `address 0x${address.toString(16)} is ${verb}${missing}`;
}

/** The place from which the host is called. */
export function placeHere(program: CProgram): string {
  return placeIn(new Error("here"), program);
}

/** One call on the way to a place. */
export interface SourceFrame extends SourcePlace {
  /** The function that is there. */
  readonly function: string;
}

/** The calls of C that are on the stack, or were on that of an error, innermost first; those without a line are left out. */
export function framesOf({ sites, sitesIn }: CProgram, error?: unknown): readonly SourceFrame[] {
  const stack = error instanceof Error ? (error.stack ?? "") : deepStack();
  return sitesIn(stack).flatMap((number) => {
    const { place, function: name } = sites[number] ?? {};
    return place === undefined || name === undefined ? [] : [{ ...place, function: name }];
  });
}

/** Calls that are kept: between C and the host there are several for each level of interrupts. */
const FRAMES_MAX = 64;

function deepStack(): string {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = FRAMES_MAX;
  try {
    return new Error("here").stack ?? "";
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

/** ` at my_timer.c:42 in my_stop`, of the innermost place that is known; empty where none is. */
function placeIn(error: unknown, { sites, sitesIn }: CProgram): string {
  const stack = error instanceof Error ? (error.stack ?? "") : "";
  for (const number of sitesIn(stack)) {
    const site = sites[number];
    if (site?.place !== undefined)
      return `, at ${site.place.file}:${site.place.line} in ${site.function}`;
  }
  return "";
}
