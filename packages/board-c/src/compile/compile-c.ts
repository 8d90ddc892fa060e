import { hooksSource } from "../c/hooks-source.js";
import { shimHeaders } from "../c/shim-headers.js";
import { supportSource } from "../c/support-source.js";
import { cErrors } from "../c-errors.js";
import { deviceHeader, driverFiles, guardSource, libraryParts } from "../driver-files.js";
import { customSection, findSections } from "../wasm/sections.js";
import { assemblyHeader } from "./adapt-source.js";
import { cacheKey, type ModuleCache, noCache } from "./cache.js";
import type { Compiler, CompilerResult, FileMap } from "./clang.js";
import { MissingNames } from "./missing-names.js";
import { type AdaptedSources, adaptSources, type SourceFacts } from "./program-facts.js";
import { collectSources, type ReadSource, type SourceTree } from "./source-tree.js";
import { dataSymbols } from "./undefined-data.js";

/** What is compiled, and how. */
export interface CompileRequest {
  /** Files of C, or of C++ without exceptions. */
  readonly files: readonly string[];
  /** Folders of headers. */
  readonly includeFolders?: readonly string[];
  /** Macros, as `NAME` or `NAME=value`. */
  readonly defines?: readonly string[];
  /** `-O0`, "the source", or `-Os`, "what this compiler makes of it"; `-O0` when absent. */
  readonly optimize?: "-O0" | "-Os" | "-O1" | "-O2";
  /** Further arguments for the compiler. */
  readonly flags?: readonly string[];
  /** It is a timer driver with a table of `esc_driver.h`: what stands behind that table is linked in. */
  readonly driver?: boolean;
  /**
   * What stands at each access: `watch` notes who touched it, for a search; `guard`, which is quicker,
   * only finds addresses that are none. `watch` when absent.
   */
  readonly hooks?: "watch" | "guard";
  /** Reads a source; from the disk when absent. */
  readonly read?: ReadSource;
}

/** What compiling needs. */
export interface CompileTools {
  /** What compiles. */
  readonly compiler: Compiler;
  /** Where modules are kept; nowhere when absent. */
  readonly cache?: ModuleCache;
}

/** A linked program, with the hooks, before it is rewritten. */
export interface CompiledProgram extends SourceFacts {
  /** The module. */
  readonly bytes: Uint8Array;
  /** Variables that nobody defines: 256 bytes of zeros each. */
  readonly undefinedData: readonly string[];
  /** Headers that are nowhere, and were taken for empty ones. */
  readonly missingHeaders: readonly string[];
  /** Names that those would have declared, and were taken for registers or constants. */
  readonly assumedNames: readonly string[];
  /** The path that the user knows, by the path that the debug sections name. */
  readonly shownAs: ReadonlyMap<string, string>;
  /** The texts of all files, by the path that the user knows. */
  readonly texts: ReadonlyMap<string, string>;
  /** Whether every variable has a place in memory, as at -O0. */
  readonly localsInMemory: boolean;
  /** Whether it was in the cache. */
  readonly cached: boolean;
  /** Why it is not kept for the next time, where it is not. */
  readonly cacheNote?: string;
}

const target = "--target=wasm32-unknown-unknown";
const noteSection = "escapement.notes";
const stackBytes = 32768;
/** What a variable has that nobody defines. */
const undefinedBytes = 256;

/** Warnings of C before 1999, which such code is full of, are none of ours. */
const tolerant = [
  "-w",
  ...["implicit-function-declaration", "implicit-int", "int-conversion"],
  ...["incompatible-pointer-types", "incompatible-function-pointer-types", "return-mismatch"],
].map((name) => (name === "-w" ? name : `-Wno-error=${name}`));

/** Copies are loops of loads and stores, so that each of these has its hook. A newer clang has two names for it. */
const noBulkMemory = [
  "-mno-bulk-memory",
  ...["-Xclang", "-target-feature", "-Xclang", "-bulk-memory-opt"],
];

const common = [
  ...[target, "-gdwarf-4", "-fno-builtin", "-fno-inline", ...noBulkMemory, "-mno-multivalue"],
  // Atomic accesses stay what they are: without it they become loads and stores.
  "-matomics",
  ...["-fno-exceptions", "-ffreestanding", ...tolerant],
  // Words of compilers for one processor, where they mark nothing that matters here.
  ...["__interrupt", "__irq", "IRAM_ATTR", "ICACHE_RAM_ATTR"].map((word) => `-D${word}=`),
];

/**
 * Compiles and links a program of C with the hooks that the search needs. What it includes and is not
 * there is taken from small headers of this package, where they have it.
 *
 * @throws {@link CError} `does-not-compile` with the compiler's own words, `no-such-source`, `no-compiler`.
 */
export async function compileC(
  request: CompileRequest,
  { compiler, cache = noCache }: CompileTools,
): Promise<CompiledProgram> {
  const { files, includeFolders = [], defines = [], optimize = "-O0", flags = [] } = request;
  const hooks = request.hooks === "guard" ? guardSource() : hooksSource;
  const glue = request.driver === true ? driverFiles() : new Map<string, string>();
  const tree = collectSources(files, includeFolders, defines, request.read);
  const sources = adaptSources(tree.files, tree.units);
  const library = libraryParts([...tree.files.values()], request.driver === true);
  const args = [
    ...[optimize, ...defines.map((define) => `-D${define}`), ...flags],
    ...tree.includeFolders.map((folder) => `-I${folder}`),
    ...["-isystem", "shims"],
    ...(request.driver === true ? ["-D__ESC_DRIVER__"] : []),
    ...(sources.usesAssembly ? ["-include", "shims/esc_race_assembly.h"] : []),
  ];
  const key = cacheKey([
    ...[compiler.id, args, common, [...sources.files], tree.units, stackBytes],
    ...[hooks, supportSource, [...library], shimHeaders, assemblyHeader, [...glue]],
    deviceHeader(),
  ]);
  const texts = new Map([...tree.files].map(([path, text]) => [shown(tree, path), text]));
  const facts = {
    shownAs: tree.shownAs,
    texts,
    localsInMemory: optimize === "-O0",
    markedHandlers: sources.markedHandlers,
  };
  const withNotes = ({ numbers, ...notes }: Notes) => ({
    ...facts,
    ...notes,
    interruptNumbers: new Map([...sources.interruptNumbers, ...numbers]),
  });
  const kept = cache.get(key);
  if (kept !== undefined && isModule(kept)) {
    return { bytes: kept, ...withNotes(notesIn(kept)), cached: true };
  }
  const tools = { compiler, cache };
  const { objects, missing } = await compileUnits(tree, sources, args, tools, glue);
  await addLibrary(objects, library, compiler, cache);
  await addGlue(objects, glue, compiler, cache);
  const undefinedData = wantedData([...objects.values()]);
  if (undefinedData.length > 0) {
    const source = undefinedData.map(
      (name) => `__attribute__((aligned(16))) char ${name}[${undefinedBytes}];\n`,
    );
    objects.set(
      "undefined.o",
      await compileText(compiler, "undefined.c", source.join(""), ["-O0", "-gdwarf-4"]),
    );
  }
  // Last, so that its state lies behind everything that a run restores.
  objects.set("hooks.o", await keptObject(cache, compiler, "hooks.c", hooks, ["-O2"]));
  const linked = await link(objects, compiler);
  const notes: Notes = {
    undefinedData,
    missingHeaders: missing.headers,
    assumedNames: missing.names.assumed,
    numbers: [...missing.interrupts.entries()].map(([number, name]) => [name, number]),
  };
  const section = customSection(noteSection, new TextEncoder().encode(JSON.stringify(notes)));
  const bytes = new Uint8Array(linked.length + section.length);
  bytes.set(linked);
  bytes.set(section, linked.length);
  const cacheNote = cache.put(key, bytes);
  const result = { bytes, ...withNotes(notes), cached: false };
  return cacheNote === undefined ? result : { ...result, cacheNote };
}

/** What is kept with a module besides its code. */
interface Notes {
  readonly undefinedData: readonly string[];
  readonly missingHeaders: readonly string[];
  readonly assumedNames: readonly string[];
  /** Interrupts whose numbers a missing header would have said. */
  readonly numbers: readonly (readonly [name: string, number: number])[];
}

function shown(tree: SourceTree, path: string): string {
  return tree.shownAs.get(path) ?? path;
}

function isModule(bytes: Uint8Array): boolean {
  try {
    return findSections(bytes, "").some(({ name }) => name === noteSection);
  } catch {
    return false;
  }
}

function notesIn(kept: Uint8Array): Notes {
  const section = findSections(kept, "").find(({ name }) => name === noteSection);
  const text = new TextDecoder().decode(kept.subarray(section?.start, section?.end));
  return JSON.parse(text) as Notes;
}

/** What the sources want and is nowhere. */
interface Missing {
  readonly headers: string[];
  /** Interrupts that a missing header would have numbered: they get the numbers of their places here. */
  readonly interrupts: string[];
  /** Names that a missing header would have declared. */
  readonly names: MissingNames;
}

async function compileUnits(
  tree: SourceTree,
  sources: AdaptedSources,
  args: readonly string[],
  { compiler }: CompileTools,
  glue: FileMap,
): Promise<{ readonly objects: Map<string, Uint8Array>; readonly missing: Missing }> {
  const device = ["esc_device.h", deviceHeader()] as const;
  const headers = [...Object.entries(shimHeaders), device, ...glue].map(
    ([name, text]) => [`shims/${name}`, String(text)] as const,
  );
  const assembly = ["shims/esc_race_assembly.h", assemblyHeader] as const;
  const files = new Map<string, string>([...headers, assembly, ...sources.files]);
  const names = new MissingNames(tree.files.values());
  const missing: Missing = { headers: [], interrupts: [], names };
  const objects = new Map<string, Uint8Array>();
  for (const [place, unit] of tree.units.entries()) {
    const output = `unit${place}.o`;
    objects.set(output, await compileUnit({ tree, files, args, missing }, unit, output, compiler));
  }
  return { objects, missing };
}

/** The little C library: rewritten like the program, and without lines. */
async function addLibrary(
  objects: Map<string, Uint8Array>,
  library: FileMap,
  compiler: Compiler,
  cache: ModuleCache,
): Promise<void> {
  const args = [target, "-std=gnu11", "-g0", "-O0", ...common.slice(2)];
  for (const [name, text] of [["support.c", supportSource] as const, ...library])
    objects.set(
      name.replace(/c$/, "o"),
      await keptObject(cache, compiler, name, String(text), args),
    );
}

/** What all units have in common. */
interface UnitJob {
  readonly tree: SourceTree;
  readonly files: Map<string, string>;
  readonly args: readonly string[];
  readonly missing: Missing;
}

/** Compiles one file; a header that is nowhere is taken for an empty one, and then again. */
async function compileUnit(
  job: UnitJob,
  unit: string,
  output: string,
  compiler: Compiler,
): Promise<Uint8Array> {
  const { tree, files, args, missing } = job;
  const isPlusPlus = /\.(cc|cpp|cxx|c\+\+|ino|pde)$/i.test(unit);
  const language = isPlusPlus
    ? ["-x", "c++", "-std=gnu++17", "-fno-rtti", "-nostdinc++", "-fno-strict-return"]
    : ["-x", "c", "-std=gnu11"];
  const tool = isPlusPlus ? "clang++" : "clang";
  files.delete(declarations);
  for (;;) {
    const numbers = missing.interrupts.map((name, number) => `-D${name}_IRQn=${number}`);
    const { header: assumed } = missing.names;
    if (assumed !== "") files.set(assumptions, `${assumed}`);
    const headers = [
      ...(assumed === "" ? [] : [assumptions]),
      ...(files.has(declarations) ? [declarations] : []),
    ];
    const declared = headers.flatMap((each) => ["-include", each]);
    const all = [
      ...language,
      ...common,
      ...args,
      ...numbers,
      ...declared,
      "-c",
      unit,
      "-o",
      output,
    ];
    const result = await compiler.run(tool, all, files, output);
    if (result.output !== undefined) return result.output;
    const header = /fatal error: '([^']+)' file not found/.exec(result.messages)?.[1];
    const interrupt = /undeclared identifier '(\w+)_IRQn'/.exec(result.messages)?.[1];
    if (header !== undefined && !files.has(`shims/${header}`)) {
      files.set(`shims/${header}`, "");
      missing.headers.push(header);
    } else if (interrupt !== undefined && !missing.interrupts.includes(interrupt)) {
      missing.interrupts.push(interrupt);
    } else if (
      !declares(result.messages, unit, files) &&
      !includesStandard(job, result.messages) &&
      !((missing.headers.length > 0 || takesShims(tree)) && missing.names.add(result.messages))
    ) {
      throw refusal(tree, unit, result, missing.headers);
    }
  }
}

/** Whether it includes a header that is here only in part: what that would have declared is as good as missing. */
function takesShims({ files }: SourceTree): boolean {
  const partial = /#[ \t]*include[ \t]*[<"](?:avr\/|util\/|Arduino\.h)/;
  return [...files.values()].some((text) => partial.test(text));
}

const declarations = "shims/esc_race_declared.h";
const assumptions = "shims/esc_race_assumed.h";

/** A function that is used above its definition, as C of before 1999 allows: declares it; false where that is not what is wrong. */
function declares(messages: string, unit: string, files: Map<string, string>): boolean {
  const [, path, line, column, name] =
    /^(\S+?):(\d+):(\d+): error: conflicting types for '(\w+)'/m.exec(messages) ?? [];
  if (path !== unit || name === undefined) return false;
  const head = files
    .get(unit)
    ?.split("\n")
    [Number(line) - 1]?.slice(0, Number(column) - 1);
  const known = files.get(declarations) ?? "";
  const prototype = `${head?.trim()} ${name}();\n`;
  if (head === undefined || !/^[\w\s*]+$/.test(head) || known.includes(prototype)) return false;
  files.set(declarations, known + prototype);
  return true;
}

/** Headers of the standard that those of vendors bring along, by the names that are then known. */
const broughtAlong: readonly (readonly [names: RegExp, header: string])[] = [
  [/^u?int(?:_fast|_least)?\d*(?:ptr|max)?_t$|^U?INT\d+_(?:MAX|MIN|C)$|^SIZE_MAX$/, "stdint.h"],
  [/^(?:bool|true|false)$/, "stdbool.h"],
  [/^(?:size_t|ptrdiff_t|NULL|offsetof)$/, "stddef.h"],
  [/^(?:U?(?:CHAR|SHRT|INT|LONG|LLONG)_(?:MAX|MIN)|CHAR_BIT)$/, "limits.h"],
  [/^E[A-Z]{2,}$/, "errno.h"],
];

/** Where a header is nowhere, it may be the one that brings a header of the standard along: includes that. */
function includesStandard(job: UnitJob, messages: string): boolean {
  if (job.missing.headers.length === 0) return false;
  const [, name = ""] =
    /error: (?:unknown type name|use of undeclared identifier) '(\w+)'/.exec(messages) ?? [];
  const header = broughtAlong.find(([names]) => names.test(name))?.[1];
  const known = job.files.get(declarations) ?? "";
  const line = `#include <${header}>\n`;
  if (header === undefined || known.includes(line)) return false;
  job.files.set(declarations, line + known);
  return true;
}

/** What stands behind the table of a driver: no code of the user's, and so without lines. */
async function addGlue(
  objects: Map<string, Uint8Array>,
  glue: FileMap,
  compiler: Compiler,
  cache: ModuleCache,
): Promise<void> {
  for (const [name, text] of glue) {
    if (!name.endsWith(".c")) continue;
    const args = ["-std=gnu11", "-O1", "-ffreestanding", "-fno-builtin", "-mno-multivalue"];
    const object = await keptObject(cache, compiler, name, String(text), args, glue);
    objects.set(name.replace(/c$/, "o"), object);
  }
}

async function keptObject(
  cache: ModuleCache,
  compiler: Compiler,
  name: string,
  text: string,
  args: readonly string[],
  beside: FileMap = new Map(),
): Promise<Uint8Array> {
  const key = cacheKey([compiler.id, text, args, [...beside], "object"]);
  const found = cache.get(key);
  if (found !== undefined && isObject(found)) return found;
  const object = await compileText(compiler, name, text, args, beside);
  cache.put(key, object);
  return object;
}

function isObject(bytes: Uint8Array): boolean {
  try {
    return findSections(bytes, "").some(({ name }) => name === "linking");
  } catch {
    return false;
  }
}

async function compileText(
  compiler: Compiler,
  name: string,
  text: string,
  args: readonly string[],
  beside: FileMap = new Map(),
): Promise<Uint8Array> {
  const all = [target, ...noBulkMemory, "-w", ...args, "-c", name, "-o", "out.o"];
  const result = await compiler.run("clang", all, new Map([...beside, [name, text]]), "out.o");
  if (result.output === undefined) {
    throw cErrors.refused({ file: name, output: result.messages.trim() });
  }
  return result.output;
}

function wantedData(objects: readonly Uint8Array[]): readonly string[] {
  const symbols = objects.map(dataSymbols);
  const defined = new Set(symbols.flatMap((each) => each.defined));
  const wanted = new Set(symbols.flatMap((each) => each.wanted));
  return [...wanted].filter((name) => !defined.has(name) && /^[A-Za-z_]\w*$/.test(name)).sort();
}

async function link(
  objects: ReadonlyMap<string, Uint8Array>,
  compiler: Compiler,
): Promise<Uint8Array> {
  const args = [
    ...[
      "--no-entry",
      "--export-all",
      "--allow-undefined",
      "--export=__stack_pointer",
      "--export-table",
    ],
    ...["--stack-first", "-z", `stack-size=${stackBytes}`, ...objects.keys(), "-o", "program.wasm"],
  ];
  const result = await compiler.run("wasm-ld", args, objects, "program.wasm");
  if (result.output === undefined) throw cErrors.notLinked({ output: result.messages.trim() });
  return result.output;
}

/** The compiler's own words, with the paths that the user knows. */
function refusal(
  tree: SourceTree,
  unit: string,
  { messages }: CompilerResult,
  missing: readonly string[],
): Error {
  let output = messages.trim();
  for (const [path, known] of tree.shownAs) output = output.replaceAll(path, known);
  output = output.replace(/^\d+ errors? generated\.\n?/gm, "").trim();
  const file = shown(tree, unit);
  if (missing.length > 0) return cErrors.noHeader({ file, header: missing.join(", "), output });
  return cErrors.refused({ file, output });
}
