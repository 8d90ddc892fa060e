import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { CliIo, CliStream } from "./cli-io.js";

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

function processStream(stream: NodeJS.WriteStream): CliStream {
  // A reader that has seen enough (`| head`) is no error of ours.
  stream.on("error", () => {});
  return {
    isTty: stream.isTTY === true,
    // Some pseudo-terminals say 0 where nobody has set a size.
    columns: stream.columns || 120,
    write: (text) => {
      if (!stream.destroyed && stream.writable) stream.write(text);
    },
  };
}
