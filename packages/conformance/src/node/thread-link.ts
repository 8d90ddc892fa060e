import { BoardError, notReturned } from "@escapement/scenario";
import { ConformanceError, runErrors } from "../conformance-errors.js";
import { ActivityTrail } from "./activity-trail.js";
import type { ThreadReply, ThreadRequest, ThreadSetup } from "./board-messages.js";
import { WatchedThread } from "./watched-thread.js";

/** How a board's thread is made. */
export interface ThreadLinkOptions extends Omit<ThreadSetup, "trail" | "beatMs"> {
  /** Memory that its objects may take, in MB. */
  readonly memoryMb: number;
  /** How long the board may take to open, reset or close, signs of life or not, in milliseconds. */
  readonly settleMs: number;
}

/** A board's thread, asked one thing at a time, whose silence or end is noticed. */
export class ThreadLink {
  readonly #thread: WatchedThread<ThreadRequest, ThreadReply>;
  readonly #trail = new ActivityTrail();
  readonly #settleMs: number;

  /** Starts the thread. */
  constructor({ memoryMb, settleMs, ...options }: ThreadLinkOptions) {
    this.#settleMs = settleMs;
    this.#trail.clear();
    const setup: ThreadSetup = { ...options, trail: this.#trail.buffer, beatMs: 50 };
    this.#thread = new WatchedThread({
      program: new URL("./board-thread.js", import.meta.url),
      setup,
      memoryMb,
      beats: () => this.#trail.beats,
      died: (reason, cause) => runErrors.threadDied({ reason }, { cause }),
    });
  }

  /** Whether it can be asked nothing any more. */
  get isLost(): boolean {
    return this.#thread.isLost;
  }

  /**
   * Asks it something.
   *
   * @throws BoardError `never-ends` after so many milliseconds without a sign of life, `timeout` when the
   * board lives but does not open, reset or close, `board-fault` when the thread ends, and what the board rejects with; ConformanceError `bad-module`.
   */
  async ask(request: ThreadRequest, silenceMs: number): Promise<ThreadReply> {
    const { kind } = request;
    const what = kind === "open" ? "the module of the board" : `${kind}() of the board`;
    const result = await this.#thread.ask(request, {
      silenceMs,
      silent: (waitedMs) => this.#silentError(kind, what, waitedMs),
      // A run has a deadline of its law's.
      ...(kind !== "run" && { settleMs: this.#settleMs }),
      unsettled: () => runErrors.threadWaits({ what }),
    });
    if (result.kind === "bad-module") {
      throw new ConformanceError("bad-module", result.message, result.hint);
    }
    if (result.kind !== "board-error") return result;
    throw new BoardError(result.code, result.message, result.hint);
  }

  /** Asks a run to end. */
  abort(): void {
    this.#thread.post({ kind: "abort" });
  }

  /** Ends the thread, whatever it is at; what waits for a reply is refused with this. */
  end(error: Error): void {
    this.#thread.end(error).catch(() => {});
  }

  #silentError(kind: ThreadRequest["kind"], what: string, waitedMs: number): BoardError {
    const reason = `no sign of life for ${(waitedMs / 1000).toFixed(1)} s`;
    const activities = kind === "run" ? this.#trail.read() : undefined;
    if (activities !== undefined) return notReturned(activities, 0, reason, undefined);
    return runErrors.threadSilent({ what, reason });
  }
}
