import { jsonText } from "@escapement/scenario";
import { agentPieces, checksum, loaderSource, pythonBytes } from "./agent-source.js";
import { mpyErrors } from "./mpy-errors.js";
import type { Executed, RawRepl } from "./raw-repl.js";
import type { ReplLine } from "./repl-line.js";
import { ReplyFrames } from "./reply-frames.js";

const loadMs = 8_000;
const tries = 8;

/** The agent in Python on a board: loading it, and asking it. */
export class AgentSession {
  readonly #line: ReplLine;
  readonly #repl: RawRepl;
  #number = 0;
  #retries = 0;

  constructor(line: ReplLine, repl: RawRepl) {
    this.#line = line;
    this.#repl = repl;
  }

  /** Requests that had to be made again. */
  get retries(): number {
    return this.#retries;
  }

  /**
   * Loads the agent, each piece until the board confirms its checksum.
   *
   * @throws BoardError `not-an-agent` without machine.Timer, `board-fault` where memory is short,
   * `link-unreliable`, `timeout`, `disconnected`.
   */
  async load(): Promise<void> {
    const loader = loaderSource();
    // The loader confirms itself: it has to find the checksum right of one text, and wrong of another.
    await this.#confirmed(`${loader}\nload(${checksum("1")},b'1')\nload(2,b'2')`, (output) => {
      const isRight = output.includes(`~ok.${checksum("1").toString(16)}~`);
      return isRight && output.includes("~bad.2~");
    });
    for (const piece of agentPieces()) {
      const sum = checksum(piece);
      await this.#confirmed(`load(${sum},${pythonBytes(piece)})`, (output) => {
        const refused = new RegExp(`~no\\.${sum.toString(16)}\\.([^~]*)~`).exec(output);
        if (refused !== null) throw this.#cannotRun(refused[1] ?? "");
        return output.includes(`~ok.${sum.toString(16)}~`);
      });
    }
    this.#number = 0;
  }

  /**
   * Has the agent evaluate an expression and returns its bytes. A request that is repeated, because its
   * reply was damaged, is not carried out again.
   *
   * @throws BoardError `board-fault`, `board-reset`, `link-unreliable`, `timeout`, `disconnected`.
   */
  async request(expression: string, limitMs: number): Promise<Uint8Array> {
    this.#number += 1;
    const text = `${this.#number}:${expression}`;
    const source = `E(${checksum(text)},${pythonBytes(text)})`;
    const frames = new ReplyFrames(this.#number);
    const reply = await this.#confirmed(
      source,
      (output) => {
        frames.take(output);
        return frames.reply;
      },
      limitMs,
    );
    if (reply[0] === 0) return reply.subarray(1);
    const reason = Buffer.from(reply.subarray(1)).toString("latin1");
    throw mpyErrors.refused({ line: this.#line.description, reason });
  }

  /** Executes until `read` finds what it looks for, with the line brought into step again between. */
  async #confirmed<Found>(
    source: string,
    read: (output: string) => Found | false | undefined,
    limitMs = loadMs,
  ): Promise<Found & {}> {
    let last = "";
    let unknown = 0;
    for (let attempt = 0; attempt < tries; attempt += 1) {
      if (attempt > 0) this.#retries += 1;
      const done = await this.#repl.execute(source, limitMs);
      last = done?.output ?? last;
      if (done !== undefined) {
        if (/^MemoryError/m.test(done.traceback)) throw this.#cannotRun("MemoryError");
        // Several times, as a damaged line can look so too.
        if (/NameError: name '(E|load)'/.test(done.traceback)) unknown += 1;
        if (unknown >= 3) throw mpyErrors.restarted({ line: this.#line.description });
        const found = read(done.output);
        if (found !== false && found !== undefined && found !== null) {
          if (!done.isWhole) await this.#intoStep(done, limitMs);
          return found;
        }
      }
      if (done?.isWhole !== true) await this.#intoStep(done, limitMs);
    }
    const seen = jsonText(last.slice(-60));
    throw mpyErrors.outOfStep({ line: this.#line.description, tries, seen });
  }

  /** After a reply that did not end: Ctrl-C, and the prompt again. */
  async #intoStep(done: Executed | undefined, limitMs: number): Promise<void> {
    try {
      await this.#repl.enter();
    } catch (error) {
      if (this.#line.isLost || done === undefined) throw error;
      throw mpyErrors.silent(
        { line: this.#line.description, seconds: Math.round(limitMs / 1_000) },
        { cause: error },
      );
    }
  }

  #cannotRun(reason: string): Error {
    const line = this.#line.description;
    return reason.startsWith("MemoryError")
      ? mpyErrors.noMemory({ line, reason })
      : mpyErrors.noTimer({ line, reason });
  }
}
