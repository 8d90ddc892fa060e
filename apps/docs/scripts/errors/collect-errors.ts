import { exitCodeOf, exitCodes } from "../../../../packages/cli/src/exit-codes.js";
import { parseHeader } from "../c-api/parse-header.js";
import { documentedUnion } from "../site/documented-union.js";
import { readSource } from "../site/page.js";
import { errorTables } from "./tables.js";

/** What happened, and what to do about it; a run puts values in the place of names in braces. */
interface Advice {
  /** The error's message. */
  readonly message: string;
  /** The hint that comes with it. */
  readonly hint: string;
}

/** The names in braces that a table's texts have. */
export const names = /\{(\w+)\}/g;

/** One meaning of a code: what it says in one class of errors. */
interface ErrorMeaning {
  /** The class, or where else the code is shown. */
  readonly thrownAs: string;
  /** The package that it is imported from. */
  readonly module: string;
  /** What the code means there. */
  readonly text: string;
}

/** Everything known of a code. */
export interface ErrorEntry {
  /** The code, as `error[code]` shows it. */
  readonly code: string;
  /** Its meanings; more than one where two packages use the same word. */
  readonly meanings: readonly ErrorMeaning[];
  /** What the packages advise, each with what happened. */
  readonly advice: readonly Advice[];
  /** What the command line ends with where this is the cause; empty where it never is. */
  readonly exitCodes: readonly number[];
  /** Its name and number in C, where it has one. */
  readonly inC?: { readonly name: string; readonly value: string; readonly text: string };
}

const unions = [
  {
    module: "@escapement/core",
    path: "packages/core/src/timer-error.ts",
    type: "TimerErrorCode",
    thrownAs: "TimerError",
  },
  {
    module: "@escapement/scenario",
    path: "packages/scenario/src/board-errors.ts",
    type: "BoardErrorCode",
    thrownAs: "BoardError",
  },
  {
    module: "@escapement/conformance",
    path: "packages/conformance/src/conformance-errors.ts",
    type: "ConformanceErrorCode",
    thrownAs: "ConformanceError",
  },
  {
    module: "@escapement/explore",
    path: "packages/explore/src/explore-errors.ts",
    type: "ExploreErrorCode",
    thrownAs: "ExploreError",
  },
  {
    module: "@escapement/firmware",
    path: "packages/firmware/src/firmware-error.ts",
    type: "FirmwareErrorCode",
    thrownAs: "FirmwareError",
  },
  {
    module: "@escapement/board-c",
    path: "packages/board-c/src/c-errors.ts",
    type: "CErrorCode",
    thrownAs: "CError",
  },
  {
    module: "escapement",
    path: "packages/cli/src/cli-errors.ts",
    type: "CliErrorCode",
    thrownAs: "CliError",
  },
] as const;

const verdictCodes: readonly [string, string][] = [
  ["not-run", "The law was not tried, because the run had stopped before it."],
];

/** Every code of every package, by name, from their sources. */
export function collectErrors(): ErrorEntry[] {
  const meanings = new Map<string, ErrorMeaning[]>();
  const add = (code: string, meaning: ErrorMeaning) =>
    meanings.set(code, [...(meanings.get(code) ?? []), meaning]);
  for (const { module, path, type, thrownAs } of unions) {
    for (const { name, text } of documentedUnion(path, type)) add(name, { thrownAs, module, text });
  }
  for (const [code, text] of verdictCodes) {
    add(code, { thrownAs: "LawErrorCode", module: "@escapement/conformance", text });
  }
  const advice = allAdvice();
  const inC = errorsInC();
  const entries = [...meanings].map(([code, list]): ErrorEntry => {
    const c = inC.get(code);
    inC.delete(code);
    const classes = list.map(({ thrownAs }) => thrownAs);
    const exitCodes = exitCodesOf(code, classes);
    const known = { code, meanings: list, advice: advice.get(code) ?? [], exitCodes };
    return c === undefined ? known : { ...known, inC: c };
  });
  if (inC.size > 0) throw new Error(`errors of C without a code: ${[...inC.keys()].join(", ")}`);
  return entries.sort((one, other) => one.code.localeCompare(other.code));
}

/** What holds for a code whoever makes the error; the rest stands in the tables. */
const general: readonly [string, Advice][] = [
  [
    "law-broken",
    {
      message: "any law",
      hint: "Read the sentence, then the timeline, where `>` marks what it names. `npx escapement laws STOP-04` shows where a law of that id comes from.",
    },
  ],
  [
    "infrastructure",
    {
      message: "a board or a line failed",
      hint: "The message names the code of the board's error; look for that code on this page.",
    },
  ],
  [
    "not-run",
    {
      message: "an earlier law stopped the run",
      hint: "Fix what stopped it, which the reason names with its law; then run again.",
    },
  ],
];

function allAdvice(): ReadonlyMap<string, readonly Advice[]> {
  const rows = errorTables.flatMap((table) => Object.values(table.rows));
  const all = new Map<string, Map<string, Advice>>();
  for (const [code, advice] of [...general, ...rows.map((row) => [row.code, row] as const)]) {
    const known = all.get(code) ?? new Map<string, Advice>();
    // A hint that is nothing but what a run puts in is no use to a reader.
    if (/\w{2}/.test(advice.hint.replaceAll(names, ""))) {
      known.set(`${advice.message}\n${advice.hint}`, advice);
    }
    all.set(code, known);
  }
  return new Map([...all].map(([code, list]) => [code, [...list.values()]]));
}

/** Codes whose exit is decided by more than the error. */
const exitsByCode: Readonly<Record<string, readonly number[]>> = {
  "law-broken": [exitCodes.broken],
  "cannot-write": [exitCodes.usage, exitCodes.link],
  aborted: [exitCodes.timeout, exitCodes.interrupted],
  "not-run": [exitCodes.link, exitCodes.timeout, exitCodes.interrupted],
  // Thrown by the vitest binding, which is no command.
  infrastructure: [],
};

/** What `escapement` ends with for a code of these classes; it never ends with the HAL's own errors. */
function exitCodesOf(code: string, classes: readonly string[]): readonly number[] {
  const isEnd = classes.some((each) => each !== "TimerError");
  return exitsByCode[code] ?? (isEnd ? [exitCodeOf(code)] : []);
}

/** `ESC_STALE_HANDLE` is `stale-handle`. */
function errorsInC(): Map<string, { name: string; value: string; text: string }> {
  const path = "packages/firmware/c/hal/esc_hal.h";
  const { declarations } = parseHeader(path, readSource(path));
  const members = declarations.find(({ name }) => name === "esc_error")?.members ?? [];
  if (members.length === 0) throw new Error(`${path} has no enum esc_error`);
  return new Map(
    members.map(({ name, code, comment }) => [
      name.replace(/^ESC_/, "").toLowerCase().replaceAll("_", "-"),
      { name, value: code.replace(/^.*= */, ""), text: comment.replace(/\s+/g, " ") },
    ]),
  );
}
