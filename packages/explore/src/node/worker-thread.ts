import { WatchedThread } from "@escapement/conformance/node";
import { ExploreError } from "../explore-errors.js";
import type { Schedule } from "../schedule.js";
import { ScheduleMemory } from "./schedule-memory.js";
import { workerErrors } from "./worker-errors.js";
import type { WorkerReply, WorkerRequest, WorkerSetup } from "./worker-messages.js";

/** Silence after which a thread is taken for caught in a loop, in milliseconds, where nothing else is said. */
export const silenceMsDefault = 10_000;

/** Memory of a thread in MB, where nothing else is said. */
export const memoryMbDefault = 1024;

/** To load a module gives no sign of life, and may take its time on a busy machine. */
const LOADING_MS = 30_000;

/** How a thread is made and watched. */
export interface ThreadOptions extends Omit<WorkerSetup, "beats" | "schedule"> {
  /** Silence after which the thread is taken for caught in a loop. */
  readonly silenceMs: number;
  /** Memory that its objects may take, in MB. */
  readonly memoryMb: number;
}

/** A worker thread of a search, which shows the run that it is at. */
export class WorkerThread {
  readonly #thread: WatchedThread<WorkerRequest, WorkerReply>;
  readonly #beats: Int32Array;
  readonly #schedule = new ScheduleMemory();
  readonly #silenceMs: number;
  readonly #loaded: Promise<WorkerReply>;

  /** Starts the thread. */
  constructor({ silenceMs, memoryMb, ...options }: ThreadOptions) {
    const beats = new SharedArrayBuffer(8);
    this.#beats = new Int32Array(beats);
    this.#silenceMs = silenceMs;
    const setup: WorkerSetup = { ...options, beats, schedule: this.#schedule.buffer };
    this.#thread = new WatchedThread({
      program: new URL("./worker.js", import.meta.url),
      setup,
      memoryMb,
      beats: () => this.runs + Atomics.load(this.#beats, 1),
      died: (why, cause) => {
        const what = cause === undefined ? `ended with ${why}` : `ended by an error: ${why}`;
        return workerErrors.ended({ what }, { cause });
      },
    });
    this.#loaded = this.#ask({ kind: "load" }, Math.max(silenceMs, LOADING_MS));
    // Whoever asks for something gets the error.
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
   * @throws ExploreError `worker-lost` when it ends before it replies, `endless-program`
   * when it gives no sign of life, and the errors of the jobs module.
   */
  async ask(request: WorkerRequest): Promise<WorkerReply> {
    await this.#loaded;
    return this.#ask(request, this.#silenceMs);
  }

  async #ask(request: WorkerRequest, silenceMs: number): Promise<WorkerReply> {
    const silent = (): Error => workerErrors.silent({ seconds: silenceMs / 1000 });
    const result = await this.#thread.ask(request, { silenceMs, silent });
    if (result.kind !== "failed") return result;
    throw new ExploreError(result.code, result.message, result.hint);
  }

  /** Ends it; a request that waits is refused. */
  async end(): Promise<void> {
    await this.#thread.end(workerErrors.ended({ what: "was ended" }));
  }
}
