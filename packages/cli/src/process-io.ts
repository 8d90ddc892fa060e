import { fstatSync, mkdirSync, readFileSync, writeFileSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { type CliError, cliErrors } from "./cli-errors.js";
import type { CliIo, CliStream } from "./cli-io.js";
import { gitCommit } from "./git-commit.js";

/** What went wrong with a stream, by its file descriptor; nothing more is written to it. */
const failures = new Map<number, NodeJS.ErrnoException>();

/** The real process. */
export function processIo(): CliIo {
  return {
    stdout: processStream(process.stdout),
    stderr: processStream(process.stderr),
    env: process.env,
    onInterrupt: (callback) => {
      process.on("SIGINT", callback);
      process.on("SIGTERM", callback);
      return () => {
        process.off("SIGINT", callback);
        process.off("SIGTERM", callback);
      };
    },
    nowMs: () => performance.now(),
    gitCommit,
    exit: (exitCode) => process.exit(exitCode),
    prepareFile: (path) => {
      mkdirSync(dirname(path), { recursive: true });
    },
    readFile: (path) => readFileSync(path, "utf8"),
    writeFile: (path, text) => writeFileSync(path, text),
  };
}

/** Waits until everything written has left the process, so that a pipe gets the whole report. */
export async function flushProcess(): Promise<void> {
  for (const stream of [process.stdout, process.stderr]) {
    if (stream.destroyed || !stream.writable) continue;
    await new Promise<void>((resolve) => stream.write("", () => resolve()));
  }
}

/** Why not all of the results reached stdout. A reader that has seen enough (`| head`) is no failure. */
export function stdoutFailure(): CliError | undefined {
  const cause = failures.get(process.stdout.fd);
  if (cause === undefined || cause.code === "EPIPE") return undefined;
  return cliErrors.stdoutFailed({ reason: cause.message }, { cause });
}

function processStream(stream: NodeJS.WriteStream & { readonly fd: number }): CliStream {
  const { fd } = stream;
  const fail = (error: NodeJS.ErrnoException): void => {
    if (!failures.has(fd)) failures.set(fd, error);
  };
  stream.on("error", fail);
  const isFile = writesToFile(stream);
  return {
    isTty: stream.isTTY === true,
    // Some pseudo-terminals say 0 where nobody has set a size.
    columns: stream.columns || 120,
    write: (text) => {
      if (failures.has(fd)) return;
      if (!isFile) {
        if (!stream.destroyed && stream.writable) stream.write(text);
        return;
      }
      try {
        writeWhole(fd, text);
      } catch (error) {
        fail(error as NodeJS.ErrnoException);
      }
    },
  };
}

/** Whether it is a file, or a device that takes what it is given. */
function writesToFile(stream: NodeJS.WriteStream & { readonly fd: number }): boolean {
  if (stream.isTTY === true) return false;
  try {
    // As bigint: after a plain fstat of a pipe, Node 20 no longer follows the symbolic link of the
    // next package that is imported, which then is there twice, and so are its error classes.
    const about = fstatSync(stream.fd, { bigint: true });
    return about.isFile() || about.isCharacterDevice();
  } catch {
    return false;
  }
}

/** Node's own stream takes what a nearly full disk took of a text for the whole of it. */
function writeWhole(fd: number, text: string): void {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; ) at += writeSync(fd, bytes, at);
}
