import { cleanText } from "@escapement/scenario";
import type { CliIo, CliStream } from "./cli-io.js";
import { errorText } from "./error-text.js";
import { wantsLinks } from "./links.js";
import { wantsColour } from "./looks.js";
import { TextStream } from "./text-stream.js";

/**
 * The world outside as commands have it: what they write is cleaned on its way out, to a stream or to a
 * file, and an output that fails does not end the command.
 */
export class CommandIo {
  /** Where results go. */
  readonly stdout: TextStream;
  /** Where progress, notes and errors go. */
  readonly stderr: TextStream;
  /** Environment variables. */
  readonly env: CliIo["env"];
  readonly #raw: CliIo;
  #failures = 0;

  /** Stands between the commands and `raw`. */
  constructor(raw: CliIo) {
    this.#raw = raw;
    this.env = raw.env;
    this.stdout = new TextStream(raw.stdout, looksOf(raw.env, raw.stdout));
    this.stderr = new TextStream(raw.stderr, looksOf(raw.env, raw.stderr));
  }

  /** Calls back when the user wants to end; returns how to stop listening. */
  onInterrupt(callback: () => void): () => void {
    return this.#raw.onInterrupt(callback);
  }

  /** A clock in milliseconds that never goes back. */
  nowMs(): number {
    return this.#raw.nowMs();
  }

  /** The commit of the folder that it is run in; nothing where none is known. */
  gitCommit(): string | undefined {
    return this.#raw.gitCommit();
  }

  /** Ends the process at once, for a user who does not want to wait. */
  exit(exitCode: number): void {
    this.stderr.clearLine();
    this.#raw.exit(exitCode);
  }

  /** Makes the folder of a file that is to be written; throws where that cannot be. */
  prepareFile(path: string): void {
    this.#raw.prepareFile(path);
  }

  /** Reads a whole file; throws where that cannot be. */
  readFile(path: string): string {
    return this.#raw.readFile(path);
  }

  /** Writes a whole file, cleaned; throws where that cannot be. */
  writeFile(path: string, text: string): void {
    this.#raw.writeFile(path, cleanText(text));
  }

  /** Tries one output of several: its error is reported, and those that come after it are still tried. */
  attempt(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.reportFailure(errorText(error).text);
    }
  }

  /** Reports an output that failed; the command then ends with exit code 4, if with nothing graver. */
  reportFailure(text: string): void {
    this.#failures += 1;
    this.stderr.write(text);
  }

  /** Whether an output failed. */
  get hasFailed(): boolean {
    return this.#failures > 0;
  }
}

function looksOf(env: CliIo["env"], { isTty }: CliStream) {
  return { hasColour: wantsColour(env, isTty), hasLinks: wantsLinks(env, isTty) };
}
