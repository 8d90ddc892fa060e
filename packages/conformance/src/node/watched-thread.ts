import { Worker } from "node:worker_threads";
import { thrownText } from "@escapement/scenario";

/** Looks for a sign of life that fit into the silence that is allowed. */
const LOOKS = 10;

/** A thread that had no processor in that silence is given so much more. */
const MORE_LOOKS = 60;

/** Of the silence, on the processor: less, and the host had no time for the thread. */
const BUSY_SHARE = 0.05;

/** How a thread is made and watched. */
export interface WatchedThreadOptions {
  /** URL of its program, which replies to each request with one message. */
  readonly program: URL;
  /** What the program is given. */
  readonly setup: unknown;
  /** Memory that its objects may take, in MB. */
  readonly memoryMb: number;
  /** Signs of life so far; any change is one. */
  readonly beats: () => number;
  /** The error of a thread that ended by itself. */
  readonly died: (what: string, cause?: unknown) => Error;
}

/** How long a request may take. */
export interface RequestWatch {
  /** Milliseconds without a sign of life after which the thread is ended. */
  readonly silenceMs: number;
  /** The error then, after so many milliseconds. */
  readonly silent: (waitedMs: number) => Error;
  /** Milliseconds after which the thread is ended all the same; Infinity when absent. */
  readonly settleMs?: number;
  /** The error then. */
  readonly unsettled?: () => Error;
}

interface Waiting<Reply> {
  readonly resolve: (reply: Reply) => void;
  readonly reject: (error: Error) => void;
  readonly watch: NodeJS.Timeout;
}

/** A worker thread that is asked one thing at a time, and whose silence or end is noticed. */
export class WatchedThread<Request, Reply> {
  readonly #worker: Worker;
  readonly #beats: () => number;
  #waiting: Waiting<Reply> | undefined;
  #lost: Error | undefined;

  /** Starts the thread. */
  constructor({ program, setup, memoryMb, beats, died }: WatchedThreadOptions) {
    this.#beats = beats;
    this.#worker = new Worker(program, {
      workerData: setup,
      resourceLimits: { maxOldGenerationSizeMb: memoryMb },
      stdout: true,
    });
    // What the code under test prints must not get into a report on stdout.
    this.#worker.stdout.on("data", (chunk) => process.stderr.write(chunk));
    this.#worker.on("message", (reply: Reply) => this.#takeWaiting()?.resolve(reply));
    this.#worker.on("error", (cause) => this.#lose(died(thrownText(cause), cause)));
    this.#worker.on("exit", (code) => this.#lose(died(`exit code ${code}`)));
  }

  /** Whether it can be asked nothing any more. */
  get isLost(): boolean {
    return this.#lost !== undefined;
  }

  /** Sends a request, and returns the reply. Rejects with the error of whatever ended the thread. */
  ask(request: Request, watch: RequestWatch): Promise<Reply> {
    if (this.#lost !== undefined) return Promise.reject(this.#lost);
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject, watch: this.#watch(watch) };
      this.#worker.postMessage(request);
    });
  }

  /** Sends a request that has no reply. */
  post(request: Request): void {
    this.#worker.postMessage(request);
  }

  /** Ends the thread, whatever it is at; what waits for a reply is refused with this. */
  async end(error: Error): Promise<void> {
    this.#lose(error);
    await this.#worker.terminate();
  }

  #watch(watch: RequestWatch): NodeJS.Timeout {
    const { silenceMs, silent, settleMs = Number.POSITIVE_INFINITY, unsettled } = watch;
    const end = (error: Error): void => {
      this.end(error).catch(() => {});
    };
    let beats = this.#beats();
    let still = 0;
    let spent = process.cpuUsage();
    let looksLeft = Math.ceil((LOOKS * Math.max(settleMs, silenceMs)) / silenceMs);
    // Looks are counted, not seconds: a host that slept must not look like a silent thread.
    return setInterval(() => {
      looksLeft -= 1;
      if (looksLeft < 0 && unsettled !== undefined) return end(unsettled());
      if (this.#beats() !== beats) {
        beats = this.#beats();
        still = 0;
        spent = process.cpuUsage();
        return;
      }
      still += 1;
      const { user, system } = process.cpuUsage(spent);
      const hadTime = (user + system) / 1000 >= BUSY_SHARE * silenceMs;
      if (still < LOOKS || (!hadTime && still < MORE_LOOKS)) return;
      end(silent((still * silenceMs) / LOOKS));
    }, silenceMs / LOOKS);
  }

  #takeWaiting(): Waiting<Reply> | undefined {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    clearInterval(waiting?.watch);
    return waiting;
  }

  #lose(error: Error): void {
    this.#lost ??= error;
    this.#takeWaiting()?.reject(this.#lost);
  }
}
