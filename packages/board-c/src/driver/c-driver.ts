import { cErrors } from "../c-errors.js";
import { type CProgram, prepareProgram } from "../c-program.js";
import { type CompileRequest, type CompileTools, compileC } from "../compile/compile-c.js";
import { ModuleCode } from "../idle/function-code.js";
import { readLayout } from "../wasm/sections.js";
import { instantiate } from "../wasm/web-assembly.js";
import { chipNames } from "./chip-imports.js";
import { type DriverFacts, readFacts } from "./driver-facts.js";
import { checkVersion, finishedFile, readFinished } from "./finished-module.js";

/** A timer driver in C that is ready to be put up on a chip, any number of times. */
export interface CDriver {
  /** The program: the driver, its adapter, and what stands behind the table. */
  readonly program: CProgram;
  /** @internal The code as the compiler left it, without hooks. */
  readonly code: ModuleCode;
  /** What the table says. */
  readonly facts: DriverFacts;
  /** Headers that are nowhere, and were taken for empty ones. */
  readonly missingHeaders: readonly string[];
  /** Why the compiled module is not kept for the next time, where it is not. */
  readonly cacheNote?: string;
}

/**
 * Compiles a driver and its adapter, or takes the one finished module that is named, and reads the table.
 *
 * @param wordBytes - as of {@link prepareProgram}
 * @throws {@link CError} `does-not-compile` also for functions that nobody defines; `bad-driver` where there is no
 * table, or one that lacks what is required; `bad-module` for a finished module that is none of a driver, or of another version.
 */
export async function compileDriver(
  request: CompileRequest,
  tools: CompileTools,
  { wordBytes }: { readonly wordBytes?: number } = {},
): Promise<CDriver> {
  const finished = finishedFile(request);
  const compiled =
    finished === undefined
      ? await compileC({ ...request, driver: true }, tools)
      : readFinished(finished, request.hooks);
  if (compiled.undefinedData.includes("esc_driver")) throw cErrors.noTable();
  const isGuarded = request.hooks === "guard";
  // With 0 the host is called at the end of each store, as registers need it.
  const program = prepareProgram(compiled, { wordBytes: wordBytes ?? (isGuarded ? 0 : 4) });
  const unknown = program.undefinedFunctions
    .map(({ name }) => name)
    .filter((name) => !chipNames.has(name));
  const missing = [...unknown, ...program.undefinedData];
  if (missing.length > 0) throw cErrors.nobodyDefines({ names: missing.join(", ") });
  const { cacheNote, missingHeaders } = compiled;
  const instance = instantiate(program.module, inertImports(program));
  if (finished !== undefined) checkVersion(finished, instance);
  return {
    program,
    code: new ModuleCode(readLayout(compiled.bytes, "the compiled program")),
    missingHeaders,
    facts: readFacts(instance),
    ...(cacheNote !== undefined && { cacheNote }),
  };
}

/** The table can be read without a chip. */
function inertImports({ undefinedFunctions }: CProgram) {
  const none = () => 0;
  const hooks = [
    "access",
    "stored",
    "round",
    "fuel",
    "begins",
    "expire",
    "report",
    "log",
    "failed",
  ];
  const named = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, none]));
  return {
    env: named(undefinedFunctions.map(({ name }) => name)),
    escapement: named([...hooks, "read_counter", "pend_compare"]),
  };
}
