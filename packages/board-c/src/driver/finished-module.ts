/**
 * A driver that is a module of WebAssembly already, of whatever language it was written in: `esc_driver_glue.c`,
 * `esc_driver_wasm.c` and `esc_driver_guard.c` were linked into it.
 */
import { readFileSync } from "node:fs";
import { cErrors } from "../c-errors.js";
import type { CompiledProgram, CompileRequest } from "../compile/compile-c.js";
import { readLayout } from "../wasm/sections.js";
import type { WasmExports } from "../wasm/web-assembly.js";

/** The version of the exports that this package reads; `__esc_wasm_version` of `esc_driver_wasm.c` is the same. */
const VERSION = 1;

/** The file of a request that is a finished module; undefined where it is to be compiled. */
export function finishedFile({ files }: CompileRequest): string | undefined {
  const modules = files.filter((file) => /\.wasm$/i.test(file));
  const [file] = modules;
  if (file !== undefined && files.length > 1) throw cErrors.moduleAlone({ file });
  return file;
}

/**
 * Reads a finished module as one that was just compiled.
 *
 * @throws {@link CError} `no-such-source`, or `bad-module` for what is none, or lacks what a driver exports.
 */
export function readFinished(file: string, hooks: CompileRequest["hooks"]): CompiledProgram {
  const bytes = bytesOf(file);
  const { exports } = readLayout(bytes, file);
  const isDriver = exports.has("__esc_wasm_version") && exports.has("__esc_race_check");
  if (!isDriver) throw cErrors.noDriverModule({ file });
  // A search has hooks of its own, with room for who touched what.
  if (hooks !== "guard" && !exports.has("__esc_race_watched")) throw cErrors.notSearched({ file });
  return {
    bytes,
    undefinedData: [],
    missingHeaders: [],
    assumedNames: [],
    markedHandlers: [],
    interruptNumbers: new Map(),
    shownAs: new Map(),
    texts: new Map(),
    localsInMemory: false,
    cached: false,
  };
}

/** @throws {@link CError} `bad-module` for a module that was linked with files of another version. */
export function checkVersion(file: string, exports: WasmExports): void {
  const version = (exports.__esc_wasm_version as () => number)();
  if (version !== VERSION) throw cErrors.otherVersion({ file, version, known: VERSION });
}

function bytesOf(file: string): Uint8Array {
  try {
    return new Uint8Array(readFileSync(file));
  } catch {
    throw cErrors.cannotRead({ file, reason: "there is no such file" });
  }
}
