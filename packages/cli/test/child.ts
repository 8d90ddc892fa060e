import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";

const main = fileURLToPath(new URL("../dist/main.js", import.meta.url));

/** The built command line as a process of its own. */
export interface CliChild {
  /** The process, for signals. */
  readonly process: ChildProcess;
  /** What it has written so far. */
  readonly out: () => string;
  readonly err: () => string;
  /** Settles when it ended, with its exit code. */
  readonly ended: Promise<number | null>;
  /** Settles when stdout matches; rejects when it ends without. */
  readonly says: (pattern: RegExp) => Promise<RegExpExecArray>;
  /** The same of stderr. */
  readonly warns: (pattern: RegExp) => Promise<RegExpExecArray>;
}

/** Starts the built command line; it is killed when the test ends, whatever happened. */
export function startCli(
  args: readonly string[],
  env: Record<string, string | undefined> = {},
): CliChild {
  if (!existsSync(main)) throw new Error("dist/main.js is missing: run `pnpm build` first");
  const child = spawn(process.execPath, [main, ...args], {
    env: {
      ...process.env,
      FORCE_COLOR: undefined,
      ESCAPEMENT_PORT: undefined,
      GITHUB_ACTIONS: undefined,
      ...env,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  onTestFinished(() => {
    child.kill("SIGKILL");
  });
  let out = "";
  let err = "";
  const watchers = new Set<() => void>();
  child.stdout.on("data", (chunk) => {
    out += chunk;
    for (const watcher of watchers) watcher();
  });
  child.stderr.on("data", (chunk) => {
    err += chunk;
    for (const watcher of watchers) watcher();
  });
  const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
  const seen = (text: () => string, pattern: RegExp): Promise<RegExpExecArray> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        const match = pattern.exec(text());
        if (match !== null) resolve(match);
      };
      watchers.add(look);
      look();
      void ended.then(() => reject(new Error(`ended without ${pattern}: ${out}${err}`)));
    });
  return {
    process: child,
    out: () => out,
    err: () => err,
    ended,
    says: (pattern) => seen(() => out, pattern),
    warns: (pattern) => seen(() => err, pattern),
  };
}

/** Runs the built command line to its end. */
export async function runBuilt(
  args: readonly string[],
  env: Record<string, string | undefined> = {},
): Promise<{ readonly code: number | null; readonly out: string; readonly err: string }> {
  const child = startCli(args, env);
  const code = await child.ended;
  return { code, out: child.out(), err: child.err() };
}
