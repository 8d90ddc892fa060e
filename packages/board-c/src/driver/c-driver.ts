import { cErrors } from "../c-errors.js";
import { type CProgram, prepareProgram } from "../c-program.js";
import { type CompileRequest, type CompileTools, compileC } from "../compile/compile-c.js";
import { instantiate } from "../wasm/web-assembly.js";
import { chipNames } from "./chip-imports.js";
import { type DriverFacts, readFacts } from "./driver-facts.js";

/** A timer driver in C that is ready to be put up on a chip, any number of times. */
export interface CDriver {
  /** The program: the driver, its adapter, and what stands behind the table. */
  readonly program: CProgram;
  /** What the table says. */
  readonly facts: DriverFacts;
  /** Headers that are nowhere, and were taken for empty ones. */
  readonly missingHeaders: readonly string[];
  /** Why the compiled module is not kept for the next time, where it is not. */
  readonly cacheNote?: string;
}

/**
 * Compiles a driver and its adapter, and reads the table.
 *
 * @param wordBytes - as of {@link prepareProgram}
 * @throws {@link CError} `does-not-compile` also for functions that nobody defines; `bad-driver` where there is no
 * table, or one that lacks what is required.
 */
export async function compileDriver(
  request: CompileRequest,
  tools: CompileTools,
  { wordBytes }: { readonly wordBytes?: number } = {},
): Promise<CDriver> {
  const compiled = await compileC({ ...request, driver: true }, tools);
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
  return {
    program,
    missingHeaders,
    facts: readFacts(instantiate(program.module, inertImports(program))),
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
