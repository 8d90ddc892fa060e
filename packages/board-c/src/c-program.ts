import { stateLayout } from "./c/hooks-source.js";
import { cErrors } from "./c-errors.js";
import type { CompiledProgram } from "./compile/compile-c.js";
import type { SourceFacts } from "./compile/program-facts.js";
import { LineTable, type SourcePlace } from "./dwarf/line-table.js";
import { Variables } from "./dwarf/variables.js";
import { Reader } from "./wasm/reader.js";
import { hookPrefix, type Rewritten, rewriteModule } from "./wasm/rewrite.js";
import { type ModuleLayout, plainName, readLayout } from "./wasm/sections.js";
import type { Site } from "./wasm/site.js";
import { compileModule, type WasmModule } from "./wasm/web-assembly.js";

/** A site with its place in the source. */
export interface PlacedSite extends Site {
  /** Where it is from; undefined for code without lines. */
  readonly place: SourcePlace | undefined;
}

/** A function that the program calls and nobody defines. */
export interface UndefinedFunction {
  /** Its name in C. */
  readonly name: string;
  /** Its name in the module, which is another one for a function of C++. */
  readonly symbol: string;
  /** The module that it is imported from. */
  readonly module: string;
  /** The type of what it returns; undefined for nothing. */
  readonly returns: "i32" | "i64" | "f32" | "f64" | undefined;
  /** How many arguments it takes. */
  readonly takes: number;
}

/** A function that has a pointer. */
export interface PointedFunction {
  /** Its name in the source. */
  readonly name: string;
  /** How many arguments it takes. */
  readonly takes: number;
}

/** A program that is ready to run: each access to memory calls a hook. */
export interface CProgram extends SourceFacts {
  /** The rewritten module. */
  readonly module: WasmModule;
  /** All marked instructions; the hooks are given their places in this list. */
  readonly sites: readonly PlacedSite[];
  /** Global and static variables. */
  readonly variables: Variables;
  /** Functions that nobody defines. */
  readonly undefinedFunctions: readonly UndefinedFunction[];
  /** Variables that nobody defines: 256 bytes of zeros each. */
  readonly undefinedData: readonly string[];
  /** Headers that are nowhere, and were taken for empty ones. */
  readonly missingHeaders: readonly string[];
  /** Names that those would have declared, and were taken for registers or constants. */
  readonly assumedNames: readonly string[];
  /** Names of all functions that the program defines, with how many arguments each takes. */
  readonly functions: ReadonlyMap<string, number>;
  /** Functions with one body: for each name the others, such as the names that a start-up file gives an empty handler. */
  readonly aliases: ReadonlyMap<string, readonly string[]>;
  /** Functions that have a pointer, by its value: their names, and how many arguments they take. */
  readonly functionPointers: ReadonlyMap<number, PointedFunction>;
  /** Numbers that the program compares something with. */
  readonly constants: readonly number[];
  /** Numbers that matter to it by themselves: bits that it tests, indices, cases of a switch. */
  readonly singles: readonly number[];
  /** Constants in the code that may be addresses of registers. */
  readonly addresses: ReadonlySet<number>;
  /** Functions of the program that call the host when they begin, in the order of the numbers that it gets. */
  readonly announced: readonly string[];
  /** The sites of the calls and accesses that a stack trace has, the innermost first. */
  sitesIn(stack: string): readonly number[];
  /** Whether every variable has a place in memory, as at -O0. */
  readonly localsInMemory: boolean;
  /** Stores of more bytes than this call the host behind them, too. */
  readonly wordBytes: number;
  /** Accesses that have no hook, as they are of a function's own frame. */
  readonly framed: number;
  /** The texts of the sources, by the path that the user knows. */
  readonly texts: ReadonlyMap<string, string>;
}

const numberTypes = { 127: "i32", 126: "i64", 125: "f32", 124: "f64" } as const;

/** How a program is made ready. */
export interface PrepareOptions {
  /** Stores of more bytes than this can be torn; 4 when absent. */
  readonly wordBytes?: number;
  /** Whether a function of the program, by its name, is to call the host when it begins; none when absent. */
  readonly announces?: (name: string) => boolean;
}

/**
 * Makes a compiled program ready to run.
 *
 * @throws {@link CError} `bad-module` for a module that cannot be rewritten.
 */
export function prepareProgram(
  compiled: CompiledProgram,
  { wordBytes = 4, announces = () => false }: PrepareOptions = {},
): CProgram {
  const { bytes, shownAs } = compiled;
  const layout = readLayout(bytes, "the compiled program");
  const rewritten = rewriteModule(bytes, { wordBytes, announces, dataStart: dataStartOf(layout) });
  const lines = new LineTable(bytes, layout.sections);
  const known = (place: SourcePlace | undefined): SourcePlace | undefined =>
    place && { ...place, file: shownAs.get(withoutDot(place.file)) ?? place.file };
  const functions = new Map<string, number>();
  for (const [name, index] of layout.exports) {
    if (name.startsWith(hookPrefix)) continue;
    functions.set(plainName(name), layout.types[layout.typeOf[index] ?? 0]?.takes.length ?? 0);
  }
  return {
    module: moduleOf(rewritten),
    sites: rewritten.sites.map((site) => {
      const isLoop = site.kind === "loop";
      return { ...site, place: known(isLoop ? lines.placeFrom(site.at) : lines.placeOf(site.at)) };
    }),
    variables: new Variables(bytes, layout.sections),
    undefinedFunctions: undefinedFunctions(layout),
    undefinedData: compiled.undefinedData,
    missingHeaders: compiled.missingHeaders,
    assumedNames: compiled.assumedNames,
    markedHandlers: compiled.markedHandlers,
    interruptNumbers: compiled.interruptNumbers,
    announced: rewritten.announced,
    functions,
    aliases: aliasesOf(layout),
    functionPointers: functionPointers(layout),
    constants: rewritten.constants,
    singles: rewritten.singles,
    addresses: rewritten.addresses,
    sitesIn: (stack) => sitesIn(rewritten, stack),
    localsInMemory: compiled.localsInMemory,
    wordBytes,
    framed: rewritten.framed,
    texts: compiled.texts,
  };
}

function withoutDot(path: string): string {
  return path.replace(/^(\.\/|\/)/, "");
}

function moduleOf({ bytes }: Rewritten): WasmModule {
  try {
    return compileModule(bytes);
  } catch (cause) {
    throw cErrors.noModule({ file: "the rewritten program", reason: String(cause) }, { cause });
  }
}

function undefinedFunctions({ imports, types }: ModuleLayout): readonly UndefinedFunction[] {
  return imports
    .filter(({ module }) => module !== "escapement")
    .map(({ module, name, type }) => {
      const result = types[type]?.returns[0];
      const returns = numberTypes[result as keyof typeof numberTypes];
      return {
        module,
        name: plainName(name),
        symbol: name,
        returns,
        takes: types[type]?.takes.length ?? 0,
      };
    });
}

const PAGE_BITS = 12;
/** Constants from here on in either half are the largest numbers or small negative ones, not addresses. */
const LIMITS_FROM = 0x7fff_f000;
const HALF = 0x8000_0000;

/** The page that an address is in: registers of one peripheral are near each other. */
export function pageOf(address: number): number {
  return address >>> PAGE_BITS;
}

/** The pages in which a program's constants may be addresses of registers, from behind its memory on. */
export function registerPages({ addresses }: CProgram, from: number): ReadonlySet<number> {
  const possible = [...addresses].filter(
    (address) => address >= from && address % HALF < LIMITS_FROM,
  );
  return new Set(possible.map(pageOf));
}

function aliasesOf({ exports }: ModuleLayout): ReadonlyMap<string, readonly string[]> {
  const names = new Map<number, string[]>();
  for (const [name, index] of exports) {
    names.set(index, [...(names.get(index) ?? []), plainName(name)]);
  }
  return new Map(
    [...names.values()]
      .filter(({ length }) => length > 1)
      .flatMap((all) => all.map((name) => [name, all.filter((other) => other !== name)] as const)),
  );
}

function functionPointers({ pointers, names, types, typeOf }: ModuleLayout) {
  return new Map(
    [...pointers].map(([pointer, index]) => {
      const takes = types[typeOf[index] ?? 0]?.takes.length ?? 0;
      const name = plainName(names.get(index) ?? `function ${index}`);
      return [pointer, { name, takes }] as const;
    }),
  );
}

/** Where data begins: the lowest address that the module fills or that its stack ends at. */
function dataStartOf({ bytes, sections }: ModuleLayout): number {
  const section = sections.find(({ id }) => id === 6);
  if (section === undefined) return 0;
  // The first global is the stack pointer, whose first value is where the stack begins and data too.
  const reader = new Reader(bytes, section.start);
  reader.unsigned();
  reader.skip(3);
  const start = reader.signed();
  if (start <= 0 || start >= stateLayout.watchedBytes) {
    throw cErrors.tooLarge({ bytes: start, most: stateLayout.watchedBytes });
  }
  return start;
}

/** V8 writes a function of WebAssembly with its index and the place in the module's bytes. */
const frame = /wasm-function\[(\d+)\]:0x([0-9a-f]+)/g;

function sitesIn({ marks, hookFunctions }: Rewritten, stack: string): number[] {
  const found: number[] = [];
  for (const [, index, place] of stack.matchAll(frame)) {
    if (hookFunctions.has(Number(index))) continue;
    const wanted = Number.parseInt(place ?? "", 16);
    let low = 0;
    let high = marks.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((marks[middle]?.at ?? 0) <= wanted) low = middle + 1;
      else high = middle;
    }
    const mark = marks[low - 1];
    if (mark !== undefined) found.push(mark.site);
  }
  return found;
}
