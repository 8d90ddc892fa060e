import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { type BoardError, thrownText } from "@escapement/scenario";
import { systemClock, withLimit } from "./clock.js";
import { lineErrors } from "./line-errors.js";
import type { Transport } from "./transport.js";

/** Which program speaks the wire on its standard streams. */
export interface ProgramTransportOptions {
  /** The program's path, or its name where the system looks for it. */
  readonly program: string;
  /** What it is started with; nothing when absent. */
  readonly args?: readonly string[];
}

const startLimitMs = 10_000;
const writeLimitMs = 2_000;

/** What a program said last on its error stream, at most so much. */
const SAID_CHARS = 200;

/**
 * A line to a program that this process starts: it reads requests on its standard input and replies on its
 * standard output. Each opening starts it again; closing ends it. Node only.
 *
 * `open()` rejects with `port-not-found` where there is no such program, and with `port-failed` where it
 * cannot be started. A program that ends by itself is a line that is gone, with its exit code and the last
 * that it wrote on its error stream.
 *
 * @example
 * ```ts
 * import { programTransport } from "@escapement/board-serial";
 *
 * const transport = programTransport({ program: "./agent" });
 * console.log(transport.description); // exec:./agent
 * ```
 */
export function programTransport({ program, args = [] }: ProgramTransportOptions): Transport {
  const description = `exec:${[program, ...args].join(" ")}`;
  let open: ChildProcessWithoutNullStreams | undefined;
  const transport: Transport = {
    description,
    onData: undefined,
    onClose: undefined,
    async open() {
      if (open !== undefined) return;
      const child = await started(program, args, description);
      open = child;
      let said = "";
      child.stderr.on("data", (bytes) => {
        said = `${said}${bytes}`.slice(-SAID_CHARS);
      });
      child.stdout.on("data", (bytes) => {
        if (open === child) transport.onData?.(Uint8Array.from(bytes));
      });
      // What it did not read any more is known by its end.
      child.stdin.on("error", () => {});
      child.on("close", (code, signal) => {
        if (open !== child) return;
        open = undefined;
        const end = signal === null ? `exit code ${code}` : signal;
        const words = said.trim().split("\n").at(-1) ?? "";
        transport.onClose?.(`the program ended with ${end}${words === "" ? "" : `: ${words}`}`);
      });
    },
    async write(bytes) {
      const child = open;
      if (child === undefined) throw lineErrors.notOpen({ name: description });
      const written = new Promise<void>((resolve, reject) => {
        child.stdin.write(bytes, (error) => (error ? reject(error) : resolve()));
      });
      await withLimit(systemClock, writeLimitMs, written, () => {
        return lineErrors.programBlocked({ name: description, limitMs: writeLimitMs });
      });
    },
    async close() {
      const child = open;
      open = undefined;
      child?.stdin.destroy();
      child?.kill("SIGKILL");
    },
  };
  return transport;
}

async function started(
  program: string,
  args: readonly string[],
  description: string,
): Promise<ChildProcessWithoutNullStreams> {
  const child = spawn(program, [...args], { stdio: ["pipe", "pipe", "pipe"] });
  const spawned = new Promise<void>((resolve, reject) => {
    child.once("spawn", resolve);
    child.once("error", reject);
  });
  try {
    await withLimit(systemClock, startLimitMs, spawned, () => {
      return new Error(`it did not start within ${startLimitMs} ms`);
    });
  } catch (cause) {
    child.on("error", () => {});
    child.kill("SIGKILL");
    throw startFailure(description, cause);
  }
  // Such as a signal that could not be sent.
  child.on("error", () => {});
  return child;
}

function startFailure(name: string, cause: unknown): BoardError {
  const reason = thrownText(cause);
  return /ENOENT/.test(reason)
    ? lineErrors.noProgram({ name }, { cause })
    : lineErrors.cannotStart({ name, reason }, { cause });
}
