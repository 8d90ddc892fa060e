import { Worker } from "node:worker_threads";
import { BoardError, notReturned, thrownText } from "@escapement/scenario";
import { ConformanceError, runErrors } from "../conformance-errors.js";
import { ActivityTrail } from "./activity-trail.js";
import type { ThreadReply, ThreadRequest, ThreadSetup } from "./board-messages.js";

/** Looks for a sign of life that fit into the silence that is allowed. */
const LOOKS = 10;

/** A thread that had no processor in that silence is given so much more. */
const MORE_LOOKS = 60;

/** Of the silence, on the processor: less, and the host had no time for the thread. */
const BUSY_SHARE = 0.05;

/** How a board's thread is made. */
export interface ThreadLinkOptions extends Omit<ThreadSetup, "trail" | "beatMs"> {
  /** Memory that its objects may take, in MB. */
  readonly memoryMb: number;
  /** How long the board may take to open, reset or close, signs of life or not, in milliseconds. */
  readonly settleMs: number;
}

interface Waiting {
  readonly resolve: (result: ThreadReply) => void;
  readonly reject: (error: Error) => void;
  readonly watch: NodeJS.Timeout;
}

/** A board's thread, asked one thing at a time, whose silence or end is noticed. */
export class ThreadLink {
  readonly #worker: Worker;
  readonly #trail = new ActivityTrail();
  readonly #settleMs: number;
  #waiting: Waiting | undefined;
  #lost: Error | undefined;

  /** Starts the thread. */
  constructor({ memoryMb, settleMs, ...setup }: ThreadLinkOptions) {
    this.#settleMs = settleMs;
    this.#trail.clear();
    const workerData: ThreadSetup = { ...setup, trail: this.#trail.buffer, beatMs: 50 };
    this.#worker = new Worker(new URL("./board-thread.js", import.meta.url), {
      workerData,
      resourceLimits: { maxOldGenerationSizeMb: memoryMb },
      stdout: true,
    });
    // What a driver prints must not get into a report on stdout.
    this.#worker.stdout.on("data", (chunk) => process.stderr.write(chunk));
    this.#worker.on("message", (result: ThreadReply) => this.#settle(result));
    this.#worker.on("error", (cause) => this.#lose(died(thrownText(cause), cause)));
    this.#worker.on("exit", (code) => this.#lose(died(`exit code ${code}`)));
  }

  /** Whether it can be asked nothing any more. */
  get isLost(): boolean {
    return this.#lost !== undefined;
  }

  /**
   * Asks it something.
   *
   * @throws BoardError `never-ends` after so many milliseconds without a sign of life, `timeout` when the
   * board lives but does not open, reset or close, `board-fault` when the thread ends, and what the board rejects with; ConformanceError `bad-module`.
   */
  async ask(request: ThreadRequest, silenceMs: number): Promise<ThreadReply> {
    if (this.#lost !== undefined) throw this.#lost;
    const result = await new Promise<ThreadReply>((resolve, reject) => {
      const watch = this.#watch(request, silenceMs);
      this.#waiting = { resolve, reject, watch };
      this.#worker.postMessage(request);
    });
    if (result.kind === "bad-module") {
      throw new ConformanceError("bad-module", result.message, result.hint);
    }
    if (result.kind !== "board-error") return result;
    throw new BoardError(result.code, result.message, result.hint);
  }

  /** Asks a run to end. */
  abort(): void {
    this.#worker.postMessage({ kind: "abort" } satisfies ThreadRequest);
  }

  /** Ends the thread, whatever it is at; what waits for a reply is refused with this. */
  end(error: Error): void {
    this.#lose(error);
    this.#worker.terminate().catch(() => {});
  }

  #watch(request: ThreadRequest, silenceMs: number): NodeJS.Timeout {
    let beats = this.#trail.beats;
    let still = 0;
    let spent = process.cpuUsage();
    // A run has a deadline of its law's.
    const settleMs = request.kind === "run" ? Infinity : this.#settleMs;
    let looksLeft = Math.ceil((LOOKS * Math.max(settleMs, silenceMs)) / silenceMs);
    // Looks are counted, not seconds: a host that slept must not look like a silent thread.
    return setInterval(() => {
      looksLeft -= 1;
      if (looksLeft < 0) return this.end(unsettled(request));
      if (this.#trail.beats !== beats) {
        beats = this.#trail.beats;
        still = 0;
        spent = process.cpuUsage();
        return;
      }
      still += 1;
      const { user, system } = process.cpuUsage(spent);
      const hadTime = (user + system) / 1000 >= BUSY_SHARE * silenceMs;
      if (still < LOOKS || (!hadTime && still < MORE_LOOKS)) return;
      this.end(this.#silentError(request, (still * silenceMs) / LOOKS));
    }, silenceMs / LOOKS);
  }

  #silentError(request: ThreadRequest, waitedMs: number): BoardError {
    const why = `no sign of life for ${(waitedMs / 1000).toFixed(1)} s`;
    const activities = request.kind === "run" ? this.#trail.read() : undefined;
    if (activities !== undefined) return notReturned(activities, 0, why, undefined);
    const what =
      request.kind === "open" ? "the module of the board" : `${request.kind}() of the board`;
    return runErrors.threadSilent({ what, reason: why });
  }

  #settle(result: ThreadReply): void {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    if (waiting === undefined) return;
    clearInterval(waiting.watch);
    waiting.resolve(result);
  }

  #lose(error: Error): void {
    this.#lost ??= error;
    const waiting = this.#waiting;
    this.#waiting = undefined;
    if (waiting === undefined) return;
    clearInterval(waiting.watch);
    waiting.reject(this.#lost);
  }
}

function unsettled({ kind }: ThreadRequest): BoardError {
  const what = kind === "open" ? "the module of the board" : `${kind}() of the board`;
  return runErrors.threadWaits({ what });
}

function died(what: string, cause?: unknown): BoardError {
  return runErrors.threadDied({ reason: what }, { cause });
}
