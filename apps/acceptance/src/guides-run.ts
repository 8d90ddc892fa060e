import { spawn, spawnSync } from "node:child_process";
import { closeSync, mkdirSync, openSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import ts from "typescript";
import { manifestOf } from "./manifest.js";
import { makeScratch, type Scratch } from "./pack.js";
import { packageFolders, root } from "./workspace.js";

/** The built command line. */
export const cliMain = join(root, "packages/cli/dist/main.js");

/** What a process left. */
export interface Outcome {
  /** Its exit code; -1 when it was ended. */
  readonly status: number;
  /** Both of its outputs, in the order of writing. */
  readonly output: string;
}

/** Links every published package as it was built, and vitest, into a project's `node_modules`. */
export function installPackages(project: string): void {
  const link = (target: string, name: string): void => {
    const path = join(project, "node_modules", name);
    mkdirSync(dirname(path), { recursive: true });
    symlinkSync(join(root, target), path, "junction");
  };
  for (const folder of packageFolders) link(folder, manifestOf(folder).name);
  link("apps/acceptance/node_modules/vitest", "vitest");
}

/** A folder in which the workspace's packages can be imported by name, as if installed. */
export function makeProject(name: string): Scratch {
  const scratch = makeScratch(name);
  installPackages(scratch.path);
  writeFileSync(join(scratch.path, "package.json"), '{ "name": "guide", "type": "module" }\n');
  return scratch;
}

/** Runs Node in a folder, without colours, with both outputs in one. */
export function runNode(folder: string, args: readonly string[], env = {}): Outcome {
  const file = join(folder, `output-${process.hrtime.bigint()}.txt`);
  const handle = openSync(file, "w");
  const {
    ESCAPEMENT_PORT: _port,
    FORCE_COLOR: _color,
    GITHUB_ACTIONS: _github,
    ...rest
  } = process.env;
  const { status } = spawnSync(process.execPath, args, {
    cwd: folder,
    env: { ...rest, NO_COLOR: "1", ...env },
    stdio: ["ignore", handle, handle],
    timeout: 500_000,
  });
  closeSync(handle);
  return { status: status ?? -1, output: readFileSync(file, "utf8") };
}

/** TypeScript as the JavaScript that Node runs. */
export function transpile(code: string): string {
  const compilerOptions = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext };
  return ts.transpileModule(code, { compilerOptions }).outputText;
}

/** Runs a TypeScript example as JavaScript, over the built packages. */
export function runExample(folder: string, name: string, code: string): Outcome {
  writeFileSync(join(folder, `${name}.mjs`), transpile(code));
  return runNode(folder, [`${name}.mjs`]);
}

/** A command of a shell session, and what the guide shows under it. */
export interface Step {
  /** The command, without its prompt. */
  readonly command: string;
  /** The lines up to the next command. */
  readonly shown: string;
}

/** The commands of a `console` block. */
export function stepsOf(code: string): Step[] {
  return code
    .split(/^\$ /m)
    .slice(1)
    .map((part) => {
      const [command = "", ...shown] = part.split("\n");
      return { command, shown: shown.join("\n") };
    });
}

/** The arguments for the command line of a command in a guide. */
export function cliArguments(command: string): string[] | undefined {
  const words = command.split(" ");
  const [first, second, third, ...rest] = words;
  if (first !== "npx") return undefined;
  if (second === "escapement") return words.slice(2);
  if (second !== "pnpm") return undefined;
  if (third === "demo") return ["conform", "sim", "uno"];
  return third === "escapement" ? rest : undefined;
}

/** A process that goes on beside the test. */
export interface Served {
  /** What its first line says after its last space, for instance a path. */
  readonly address: string;
  /** The first line. */
  readonly greeting: string;
  /** Ends it: at once, or by a signal that lets it end what it started. */
  stop(signal?: "SIGTERM"): void;
}

/** Starts a process and waits, at most a minute, for its first line. */
export function serve(command: string, args: readonly string[], env = {}): Promise<Served> {
  const child = spawn(command, args, {
    env: { ...process.env, NO_COLOR: "1", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  return new Promise((resolve, reject) => {
    let text = "";
    const late = setTimeout(() => {
      child.kill("SIGKILL");
      reject(new Error(`${command} printed no line in 60 s: ${text}`));
    }, 60_000);
    const onText = (more: unknown): void => {
      text += String(more);
      const end = text.indexOf("\n");
      if (end < 0) return;
      clearTimeout(late);
      const greeting = text.slice(0, end);
      const address = greeting.slice(greeting.lastIndexOf(" ") + 1);
      resolve({ address, greeting, stop: (signal) => void child.kill(signal ?? "SIGKILL") });
    };
    child.stdout.on("data", onText);
    child.stderr.on("data", onText);
    child.on("exit", () => {
      clearTimeout(late);
      reject(new Error(`${command} ended: ${text}`));
    });
  });
}
