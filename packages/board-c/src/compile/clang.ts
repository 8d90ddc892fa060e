import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { cErrors } from "../c-errors.js";

/** Files by their paths; those of the compiler's output are bytes. */
export type FileMap = ReadonlyMap<string, string | Uint8Array>;

/** What one call of a compiler left. */
export interface CompilerResult {
  /** The file that it was asked for; undefined where it refused. */
  readonly output: Uint8Array | undefined;
  /** What it said. */
  readonly messages: string;
}

/** Something that compiles and links. */
export interface Compiler {
  /** Distinguishes it from others, with its version: a part of the cache's key. */
  readonly id: string;
  /** Calls `clang` or `wasm-ld` with arguments; `output` is one of them. */
  run(
    tool: "clang" | "clang++" | "wasm-ld",
    args: readonly string[],
    files: FileMap,
    output: string,
  ): Promise<CompilerResult>;
}

/** How far the compiler has been fetched, where it has to be. */
export type FetchProgress = (doneBytes: number, totalBytes: number) => void;

interface Tree {
  [name: string]: Tree | string | Uint8Array;
}

/** The compiler's files are in this process. */
let fetched: Promise<unknown> | undefined;

/**
 * The clang that npm brings: loaded when it is first called, which takes some seconds, and kept.
 */
export function npmClang(onProgress?: FetchProgress): Compiler {
  return {
    id: "npm",
    run: async (tool, args, files, output) => {
      const { commands, runLLVM, Exit } = await loadNpmClang();
      // Fetched by itself, as a call that has to fetch prints how far it is.
      fetched ??= Promise.resolve(
        runLLVM(
          undefined,
          {},
          {
            fetchProgress: ({ doneLength, totalLength }) => onProgress?.(doneLength, totalLength),
          },
        ),
      );
      await fetched;
      let messages = "";
      const collect = (bytes: Uint8Array | null): void => {
        if (bytes !== null) messages += new TextDecoder().decode(bytes);
      };
      try {
        const left = await commands[tool]?.([...args], toTree(files), {
          stdout: collect,
          stderr: collect,
        });
        return { output: left === undefined ? undefined : fileIn(left, output), messages };
      } catch (error) {
        if (error instanceof Exit) return { output: undefined, messages };
        throw cErrors.noNpmClang({ reason: String(error) }, { cause: error });
      }
    },
  };
}

async function loadNpmClang(): Promise<typeof import("@yowasp/clang")> {
  try {
    return await import("@yowasp/clang");
  } catch (cause) {
    throw cErrors.noNpmClang({ reason: String(cause) }, { cause });
  }
}

function toTree(files: FileMap): Tree {
  const tree: Tree = {};
  for (const [path, content] of files) {
    const parts = path.split("/");
    const name = parts.pop() ?? path;
    let at = tree;
    for (const part of parts) {
      const next = at[part];
      const folder = typeof next === "object" && !(next instanceof Uint8Array) ? next : {};
      at[part] = folder;
      at = folder;
    }
    at[name] = content;
  }
  return tree;
}

function fileIn(tree: Tree, path: string): Uint8Array | undefined {
  let at: Tree | string | Uint8Array | undefined = tree;
  for (const part of path.split("/")) {
    if (typeof at !== "object" || at instanceof Uint8Array) return undefined;
    at = at[part];
  }
  if (typeof at === "string") return new TextEncoder().encode(at);
  return at instanceof Uint8Array ? at : undefined;
}

/** A clang of this machine for compiling; it is linked with the linker that npm brings. */
export function machineClang(command: string): Compiler {
  const npm = npmClang();
  return {
    id: `machine:${command}`,
    run: async (tool, args, files, output) => {
      if (tool === "wasm-ld") return npm.run(tool, args, files, output);
      const folder = mkdtempSync(join(tmpdir(), "escapement-cc-"));
      try {
        for (const [path, content] of files) {
          const file = join(folder, path);
          mkdirSync(dirname(file), { recursive: true });
          writeFileSync(file, content);
        }
        const extra = tool === "clang++" ? ["--driver-mode=g++"] : [];
        const messages = await callIn(folder, command, [...extra, ...args]);
        return { output: bytesAt(join(folder, output)), messages };
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
  };
}

function bytesAt(file: string): Uint8Array | undefined {
  try {
    return new Uint8Array(readFileSync(file));
  } catch {
    return undefined;
  }
}

function callIn(folder: string, command: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(command, [...args], { cwd: folder }, (error, _, messages) => {
      if (error !== null && typeof error.code === "string") {
        reject(cErrors.noMachineClang({ command, reason: error.code }, { cause: error }));
      } else resolve(messages);
    });
  });
}
