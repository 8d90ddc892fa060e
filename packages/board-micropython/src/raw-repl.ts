import { jsonText } from "@escapement/scenario";
import { mpyErrors } from "./mpy-errors.js";
import type { ReplLine } from "./repl-line.js";

/*
 * The raw REPL, as a host has to speak it when the board may print at any time.
 *
 * The ways of it that are documented take each byte that comes for the next of the protocol. A callback
 * that prints while the board waits at `>` then puts "ti" of "tick" where the reply to raw-paste should
 * be, and the conversation is lost. So here every step looks for what it waits for in all that has come,
 * and whatever lies before it is somebody else's output. What was received is trusted for nothing: the
 * agent's replies carry checksums of their own, so that a step that was misled only costs another try.
 *
 * Each wait has an end of its own. A board that prints without pause renews no deadline.
 */

const ctrlA = "\x01";
const ctrlB = "\x02";
const ctrlC = "\x03";
const ctrlD = "\x04";
const askForPaste = `\x05A${ctrlA}`;

/** The prompt of the raw REPL; some ports end lines with a line feed alone. */
const prompt = /raw REPL; CTRL-B to exit\r?\n>/;

/**
 * What comes of an execution: what was printed, and the traceback, each with its end. The prompt behind
 * them is not waited for: a callback may print before it.
 */
const upToEnd = `([^${ctrlD}]*)${ctrlD}`;
const pasted = new RegExp(`${ctrlD}${upToEnd}${upToEnd}`);
const plain = new RegExp(`OK${upToEnd}${upToEnd}`);
const pasteHeader = new RegExp(`R${ctrlA}([\\s\\S])([\\s\\S])`);

const promptMs = 2_000;
const promptTries = 5;
const resetMs = 10_000;
const pasteMs = 2_000;
const refusals = 2;
const plainChunk = 256;
const plainPauseMs = 10;

/** What a piece of Python printed, and its traceback. */
export interface Executed {
  /** All that came, printed by it and by others, with what belongs to the REPL. */
  readonly output: string;
  /** What was printed between its start and its end. */
  readonly printed: string;
  /** Its traceback; empty where it ended well. */
  readonly traceback: string;
  /** Whether the prompt came back; where not, the line has to be brought into step again. */
  readonly isWhole: boolean;
}

/** A board's raw REPL over a line. */
export class RawRepl {
  readonly #line: ReplLine;
  #hasPaste: boolean | undefined;
  #executions = 0;
  /** How often in a row the request for raw-paste brought nothing but the prompt. */
  #prompts = 0;

  constructor(line: ReplLine) {
    this.#line = line;
  }

  /** Whether raw-paste is in use; unknown before the first execution. */
  get hasPaste(): boolean | undefined {
    return this.#hasPaste;
  }

  /** Pieces of Python that were sent. */
  get executions(): number {
    return this.#executions;
  }

  /**
   * Brings the board to the prompt of the raw REPL, from whatever it does.
   *
   * @throws BoardError `no-reply`, `not-an-agent`.
   */
  async enter(): Promise<void> {
    const line = this.#line;
    const received = line.counters.received;
    for (let attempt = 0; attempt < promptTries; attempt += 1) {
      line.take();
      await line.write(`\r${ctrlC}${ctrlC}`);
      await line.write(`\r${ctrlA}`);
      if ((await this.#prompt(promptMs)) !== undefined) return;
    }
    const seconds = (promptTries * promptMs) / 1_000;
    if (line.counters.received === received) {
      throw mpyErrors.nothingHeard({ line: line.description, seconds });
    }
    throw mpyErrors.noRepl({ line: line.description, seen: jsonText(line.tail) });
  }

  /**
   * Restarts Python; the board is at the prompt of the raw REPL then.
   *
   * @throws BoardError `timeout`.
   */
  async softReset(): Promise<void> {
    const line = this.#line;
    line.take();
    await line.write(ctrlD);
    // The prompt of an earlier attempt may still be under way; that of the reset comes behind its words.
    const form = /soft reboot[\s\S]*raw REPL; CTRL-B to exit\r?\n>/;
    const back = await line.waitFor((text) => (form.test(text) ? true : undefined), resetMs);
    if (back !== undefined) return;
    // The prompt itself may have been damaged.
    try {
      await this.enter();
    } catch {
      throw mpyErrors.noReset({ line: line.description, seconds: resetMs / 1_000 });
    }
  }

  /** Leaves the raw REPL, for whoever comes next. */
  async leave(): Promise<void> {
    await this.#line.write(`\r${ctrlB}`);
  }

  /**
   * Runs a piece of Python; nothing where the board did not take it, so that the line has to be
   * brought into step again.
   */
  async execute(source: string, limitMs: number): Promise<Executed | undefined> {
    this.#executions += 1;
    this.#line.take();
    if (this.#mayPaste()) {
      const windowBytes = await this.#askForPaste();
      if (windowBytes !== undefined) {
        const isTaken = await this.#paste(source, windowBytes);
        return isTaken ? this.#follow(pasted, limitMs) : undefined;
      }
      if (this.#mayPaste()) return undefined;
    }
    await this.#sendPlain(source);
    return this.#follow(plain, limitMs);
  }

  #mayPaste(): boolean {
    return this.#hasPaste !== false;
  }

  /** How many bytes the board takes at a time; nothing where it has no raw-paste, or did not reply. */
  async #askForPaste(): Promise<number | undefined> {
    const line = this.#line;
    await line.write(askForPaste);
    const found = await line.waitFor((text) => {
      const header = pasteHeader.exec(text);
      if (header !== null) {
        const [all, low = "", high = ""] = header;
        return {
          bytes: low.charCodeAt(0) + 256 * high.charCodeAt(0),
          end: header.index + all.length,
        };
      }
      // Refused, or the Ctrl-A in it was taken for what it is without raw-paste.
      if (text.includes("R\0")) return "refused";
      return prompt.test(text) ? "prompt" : undefined;
    }, pasteMs);
    if (found === undefined) return undefined;
    const text = line.take();
    if (found === "prompt") this.#prompts += 1;
    else this.#prompts = 0;
    // One prompt alone may be a late one.
    if (found === "prompt" && this.#prompts < refusals) return undefined;
    if (found === "refused" || found === "prompt") {
      this.#hasPaste = false;
      // Without raw-paste the letter A is in the board's line now.
      await line.write(`\r${ctrlC}`);
      return undefined;
    }
    line.putBack(text.slice(found.end));
    this.#hasPaste = true;
    return found.bytes > 0 ? found.bytes : undefined;
  }

  /** Sends in raw-paste, never more than the board has room for; false where it stopped taking. */
  async #paste(source: string, windowBytes: number): Promise<boolean> {
    const line = this.#line;
    let room = windowBytes;
    let sent = 0;
    while (sent < source.length) {
      const came = line.take();
      const end = came.indexOf(ctrlD);
      if (end >= 0) {
        // The board wants no more, as of a syntax error; its own end of transmission counts.
        line.putBack(came.slice(end));
        await line.write(ctrlD);
        return true;
      }
      room += windowBytes * came.split(ctrlA).slice(1).length;
      if (room <= 0) {
        const more = await line.waitFor(
          (text) => text.includes(ctrlA) || text.includes(ctrlD) || undefined,
          pasteMs,
        );
        if (more === undefined) return false;
        continue;
      }
      const part = source.slice(sent, sent + room);
      await line.write(part);
      sent += part.length;
      room -= part.length;
    }
    await line.write(ctrlD);
    return true;
  }

  async #sendPlain(source: string): Promise<void> {
    for (let sent = 0; sent < source.length; sent += plainChunk) {
      await this.#line.write(source.slice(sent, sent + plainChunk));
      // No flow control: the board gets time to take it.
      await this.#line.waitFor(() => undefined, plainPauseMs);
    }
    await this.#line.write(ctrlD);
  }

  async #follow(form: RegExp, limitMs: number): Promise<Executed> {
    const line = this.#line;
    const found = await line.waitFor(
      (text) => (text.lastIndexOf(ctrlD) > 0 ? (form.exec(text) ?? undefined) : undefined),
      limitMs,
    );
    const all = line.take();
    if (found === undefined) return { output: all, printed: "", traceback: "", isWhole: false };
    const [whole, printed = "", traceback = ""] = found;
    line.putBack(all.slice(found.index + whole.length));
    return { output: all, printed, traceback, isWhole: true };
  }

  #prompt(limitMs: number): Promise<true | undefined> {
    return this.#line.waitFor((text) => (prompt.test(text) ? true : undefined), limitMs);
  }
}
