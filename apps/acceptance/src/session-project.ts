import { spawn, spawnSync } from "node:child_process";
import { closeSync, cpSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { cliMain, installPackages, transpile } from "./guides-run.js";
import { makeScratch } from "./pack.js";
import { listFiles, root } from "./workspace.js";

/** What a command printed, both streams as a terminal shows them, and how it ended. */
interface Ran {
  readonly output: string;
  readonly status: number | null;
}

/** A reader's project, in which all packages are installed as they were built. */
export interface SessionProject {
  /** Runs a command line of a README; `code` is the js or ts block above it. */
  run(command: string, folder: string, code: string | undefined): Ran;
  /** Runs a js or ts block by itself. */
  runCode(code: string): Ran;
  /** Deletes the project. */
  remove(): void;
}

/** An emulated board behind a tty, in a process of its own. */
export interface ServedBoard {
  readonly path: string;
  stop(): void;
}

const LIMIT_MS = 120_000;
const SERVE_LIMIT_MS = 20_000;

function environment(): NodeJS.ProcessEnv {
  const {
    FORCE_COLOR: _colour,
    ESCAPEMENT_PORT: _port,
    GITHUB_ACTIONS: _github,
    VITEST: _vitest,
    ...rest
  } = process.env;
  return { ...rest, NO_COLOR: "1" };
}

/** Makes an empty project beside the workspace, with links to the built packages. */
export function makeSessionProject(): SessionProject {
  const scratch = makeScratch("session");
  const project = join(scratch.path, "project");
  installPackages(project);
  writeFileSync(join(project, "package.json"), '{ "type": "module" }\n');

  function node(args: readonly string[], folder = project): Ran {
    const file = join(scratch.path, "output.txt");
    const output = openSync(file, "w");
    const stdio: ("ignore" | number)[] = ["ignore", output, output];
    const options = { cwd: folder, env: environment(), stdio, timeout: LIMIT_MS };
    const { status } = spawnSync(process.execPath, args, options);
    closeSync(output);
    return { output: readFileSync(file, "utf8"), status };
  }

  function copyOf(folder: string): string {
    const copy = join(scratch.path, "copy-of", folder);
    for (const path of listFiles(/./).filter((each) => each.startsWith(`${folder}/`))) {
      cpSync(join(root, path), join(scratch.path, "copy-of", path));
    }
    return copy;
  }

  function runWhole(command: string, folder: string, code: string | undefined): Ran {
    const [program, ...args] = command.split(" ");
    if (command === "npx pnpm demo") return node([cliMain, "conform", "sim", "uno"]);
    if (program === "npx" && args[0] === "escapement") return node([cliMain, ...args.slice(1)]);
    if (program === "npx" && args[0] === "vitest") {
      writeFileSync(join(project, "port.test.mjs"), transpile(code ?? ""));
      const vitest = createRequire(join(project, "package.json")).resolve("vitest/package.json");
      return node([join(dirname(vitest), "vitest.mjs"), ...args.slice(1)]);
    }
    if (program !== "node") throw new Error(`no way to replay '${command}'`);
    if (args[0]?.startsWith("scripts/")) return node(args, copyOf(folder));
    writeFileSync(join(project, args[0] ?? ""), transpile(code ?? ""));
    return node(args);
  }

  return {
    run(command, folder, code) {
      const [whole = "", last] = command.split(/ \| tail -(\d+)$/);
      const ran = runWhole(whole, folder, code);
      if (last === undefined) return ran;
      return { ...ran, output: ran.output.trimEnd().split("\n").slice(-Number(last)).join("\n") };
    },
    runCode(code) {
      writeFileSync(join(project, "program.mjs"), transpile(code));
      return node(["program.mjs"]);
    },
    remove: scratch.remove,
  };
}

/** Puts the emulated board on a tty; rejects with what was printed when that does not work. */
export function serveBoard(): Promise<ServedBoard> {
  const child = spawn(process.execPath, [cliMain, "serve", "uno"], { env: environment() });
  let printed = "";
  return new Promise((resolve, reject) => {
    const fail = () => reject(new Error(`serve uno did not start: ${printed}`));
    const limit = setTimeout(fail, SERVE_LIMIT_MS);
    const read = (chunk: Buffer) => {
      printed += chunk.toString();
      const path = /\/dev\/\S+(?=\s)/.exec(printed)?.[0];
      if (path === undefined) return;
      clearTimeout(limit);
      resolve({ path, stop: () => child.kill() });
    };
    child.stdout.on("data", read);
    child.stderr.on("data", read);
    child.on("exit", () => {
      clearTimeout(limit);
      fail();
    });
  });
}
