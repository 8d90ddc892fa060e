import { parseHeader } from "../c-api/parse-header.js";
import { documentedUnion } from "../site/documented-union.js";
import { readSource } from "../site/page.js";
import { hintsOf } from "./hints.js";

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
  /** What the packages advise. */
  readonly hints: readonly string[];
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
    path: "packages/scenario/src/board.ts",
    type: "BoardErrorCode",
    thrownAs: "BoardError",
  },
  {
    module: "@escapement/conformance",
    path: "packages/conformance/src/conformance-error.ts",
    type: "ConformanceErrorCode",
    thrownAs: "ConformanceError",
  },
  {
    module: "escapement",
    path: "packages/cli/src/cli-error.ts",
    type: "CliErrorCode",
    thrownAs: "CliError",
  },
] as const;

const packageFolders = [
  "core",
  "scenario",
  "board-sim",
  "board-serial",
  "board-uno",
  "conformance",
  "cli",
];

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
  const hints = allHints(new Set(meanings.keys()));
  const inC = errorsInC();
  const entries = [...meanings].map(([code, list]): ErrorEntry => {
    const c = inC.get(code);
    inC.delete(code);
    const known = { code, meanings: list, hints: [...(hints.get(code) ?? [])] };
    return c === undefined ? known : { ...known, inC: c };
  });
  if (inC.size > 0) throw new Error(`errors of C without a code: ${[...inC.keys()].join(", ")}`);
  return entries.sort((one, other) => one.code.localeCompare(other.code));
}

function allHints(codes: ReadonlySet<string>): Map<string, Set<string>> {
  const all = new Map<string, Set<string>>();
  for (const folder of packageFolders) {
    for (const [code, hints] of hintsOf(folder, codes)) {
      const known = all.get(code) ?? new Set();
      for (const hint of hints) known.add(hint);
      all.set(code, known);
    }
  }
  return all;
}

/** `ESC_STALE_HANDLE` is `stale-handle`. */
function errorsInC(): Map<string, { name: string; value: string; text: string }> {
  const path = "packages/firmware/c/include/esc_hal.h";
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
