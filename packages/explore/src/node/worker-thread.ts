import { Worker } from "node:worker_threads";
import { ExploreError } from "../explore-errors.js";
import type { Schedule } from "../schedule.js";
import { ScheduleMemory } from "./schedule-memory.js";
import { workerErrors } from "./worker-errors.js";
import type { WorkerReply, WorkerRequest, WorkerSetup } from "./worker-messages.js";

/** Silence after which a thread is taken for caught in a loop, in milliseconds, where nothing else is said. */
export const silenceMsDefault = 10_000;

/** Memory of a thread in MB, where nothing else is said. */
export const memoryMbDefault = 1024;

/** Looks for a sign of life that fit into the silence that is allowed. */
const LOOKS = 10;

/** To load a module gives no sign of life, and may take its time on a busy machine. */
const LOADING_MS = 30_000;

/** How a thread is made and watched. */
export interface ThreadOptions extends Omit<WorkerSetup, "beats" | "schedule"> {
  /** Silence after which the thread is taken for caught in a loop. */
  readonly silenceMs: number;
  /** Memory that its objects may take, in MB. */
  readonly memoryMb: number;
}

interface Waiting {
  readonly resolve: (result: WorkerReply) => void;
  readonly reject: (error: Error) => void;
}

/** A worker thread that answers one request at a time, and whose silence or end is noticed. */
export class WorkerThread {
  readonly #worker: Worker;
  readonly #beats: Int32Array;
  readonly #schedule = new ScheduleMemory();
  readonly #silenceMs: number;
  readonly #watch: NodeJS.Timeout;
  readonly #loaded: Promise<WorkerReply>;
  #waiting: Waiting | undefined;
  #lastBeats = 0;
  #still = 0;
  #looksMax = 0;
  #lost: ExploreError | undefined;

  /** Starts the thread. */
  constructor({ silenceMs, memoryMb, ...setup }: ThreadOptions) {
    const beats = new SharedArrayBuffer(4);
    this.#beats = new Int32Array(beats);
    this.#silenceMs = silenceMs;
    this.#worker = new Worker(new URL("./worker.js", import.meta.url), {
      workerData: { ...setup, beats, schedule: this.#schedule.buffer } satisfies WorkerSetup,
      resourceLimits: { maxOldGenerationSizeMb: memoryMb },
      stdout: true,
    });
    // What the code under test prints must not get into a report on stdout.
    this.#worker.stdout.on("data", (chunk) => process.stderr.write(chunk));
    this.#worker.on("message", (result: WorkerReply) => this.#result(result));
    this.#worker.on("error", (cause) => {
      this.#lose(`ended by an error: ${cause instanceof Error ? cause.message : cause}`, cause);
    });
    this.#worker.on("exit", (code) => this.#lose(`ended with exit code ${code}`));
    // Looks are counted, not seconds: a machine that slept must not look like a silent worker.
    this.#watch = setInterval(() => this.#look(), silenceMs / LOOKS);
    this.#loaded = this.#ask({ kind: "load" }, Math.max(silenceMs, LOADING_MS));
    // Whoever asks for something is told.
    this.#loaded.catch(() => {});
  }

  /** Runs that it has made. */
  get runs(): number {
    return Atomics.load(this.#beats, 0);
  }

  /** The schedule of the run that it is at, or was at when it was lost. */
  get schedule(): Schedule {
    return this.#schedule.read();
  }

  /**
   * Asks it something, one thing at a time.
   *
   * @throws ExploreError `worker-lost` when it ends before it returns, `endless-program`
   * when it gives no sign of life, and what the jobs module's errors are told as.
   */
  async ask(request: WorkerRequest): Promise<WorkerReply> {
    await this.#loaded;
    return this.#ask(request, this.#silenceMs);
  }

  #ask(request: WorkerRequest, silenceMs: number): Promise<WorkerReply> {
    if (this.#lost !== undefined) return Promise.reject(this.#lost);
    this.#still = 0;
    this.#looksMax = (silenceMs / this.#silenceMs) * LOOKS;
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
      this.#worker.postMessage(request);
    });
  }

  /** Ends it; a request that waits is refused with this error. */
  async end(error = workerErrors.ended({ what: "was ended" })): Promise<void> {
    this.#refuse(error);
    await this.#worker.terminate();
  }

  #result(result: WorkerReply): void {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    if (result.kind !== "failed") waiting?.resolve(result);
    else waiting?.reject(new ExploreError(result.code, result.message, result.hint));
  }

  #look(): void {
    if (this.#waiting === undefined) return;
    const beats = this.runs;
    this.#still = beats === this.#lastBeats ? this.#still + 1 : 0;
    this.#lastBeats = beats;
    if (this.#still < this.#looksMax) return;
    void this.end(
      workerErrors.silent({ seconds: (this.#looksMax * this.#silenceMs) / LOOKS / 1000 }),
    );
  }

  #lose(what: string, cause?: unknown): void {
    this.#refuse(workerErrors.ended({ what }, { cause }));
  }

  #refuse(error: ExploreError): void {
    clearInterval(this.#watch);
    this.#lost ??= error;
    const waiting = this.#waiting;
    this.#waiting = undefined;
    waiting?.reject(this.#lost);
  }
}
