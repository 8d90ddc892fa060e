import type {
  RaceFacts,
  RaceFailure,
  RaceMessage,
  RaceOutcome,
  RaceProgress,
  RaceReply,
  RaceRequest,
  RaceRun,
  RaceSearch,
  RaceSetup,
  RaceTarget,
} from "../../../races/race-types.js";

/** An error of the worker, with the code and the hint that it had there. */
export class RaceError extends Error {
  /** What was wrong, as data. */
  readonly failure: RaceFailure;

  constructor(failure: RaceFailure) {
    super(failure.message);
    this.name = "RaceError";
    this.failure = failure;
  }
}

interface Waiting {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: RaceError) => void;
  readonly onProgress: ((progress: RaceProgress) => void) | undefined;
}

type Ask = RaceMessage extends infer M ? (M extends RaceMessage ? Omit<M, "id"> : never) : never;

/** The worker that runs the board and the search, so that the page stays awake. */
export class RaceClient {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  #last = 0;

  /** Starts the worker. */
  constructor() {
    this.#worker = new Worker(new URL("./race.worker.ts", import.meta.url), { type: "module" });
    this.#worker.onmessage = ({ data }: MessageEvent<RaceReply>) => this.#hear(data);
    this.#worker.onerror = ({ message }) => this.#fail(message);
  }

  /** Loads the bug and the law. */
  open(setup: RaceSetup): Promise<RaceFacts> {
    return this.#ask<RaceFacts>({ ask: "open", setup });
  }

  /** Runs by a schedule. */
  run(request: RaceRequest, active?: number): Promise<RaceRun> {
    return this.#ask<RaceRun>({ ask: "run", request, ...(active !== undefined && { active }) });
  }

  /** Moves a move. */
  move(request: RaceRequest, active: number, target: RaceTarget): Promise<RaceRun> {
    return this.#ask<RaceRun>({ ask: "move", request, active, target });
  }

  /** Goes to the same place of another run. */
  carry(request: RaceRequest, to: { bugOn: boolean; value: number }): Promise<RaceRun> {
    return this.#ask<RaceRun>({ ask: "carry", request, to });
  }

  /** What comes of a single interrupt at each of its places. */
  outcomes(request: RaceRequest): Promise<readonly RaceOutcome[]> {
    return this.#ask<readonly RaceOutcome[]>({ ask: "outcomes", request });
  }

  /** Searches all schedules. */
  search(
    bugOn: boolean,
    bound: number,
    onProgress: (progress: RaceProgress) => void,
  ): Promise<RaceSearch> {
    return this.#ask<RaceSearch>({ ask: "search", bugOn, bound }, onProgress);
  }

  /** Ends a running search at its next case. */
  cancel(): void {
    this.#send({ ask: "cancel" });
  }

  /** Ends the worker. What was asked is not returned any more. */
  close(): void {
    this.#worker.terminate();
    this.#waiting.clear();
  }

  #ask<T>(ask: Ask, onProgress?: (progress: RaceProgress) => void): Promise<T> {
    return new Promise((resolve, reject) => {
      const id = this.#send(ask);
      this.#waiting.set(id, { resolve: (result) => resolve(result as T), reject, onProgress });
    });
  }

  #send(ask: Ask): number {
    this.#last += 1;
    this.#worker.postMessage({ ...ask, id: this.#last });
    return this.#last;
  }

  #hear(reply: RaceReply): void {
    const waiting = this.#waiting.get(reply.id);
    if (waiting === undefined) return;
    if (reply.say === "progress") {
      waiting.onProgress?.(reply.progress);
      return;
    }
    this.#waiting.delete(reply.id);
    if (reply.say === "result") waiting.resolve(reply.result);
    else waiting.reject(new RaceError(reply.failure));
  }

  /** The worker's script could not be loaded, or threw outside of a reply. */
  #fail(message: string): void {
    const hint = "Load the page again; the simulated board could not be started.";
    const error = new RaceError({ code: "worker-lost", message, hint });
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}
