import {
  type Board,
  type BoardDescription,
  BoardError,
  type Program,
  type RunOptions,
  type Trace,
  thrownText,
} from "@escapement/scenario";
import { conformanceErrors, runErrors } from "../conformance-errors.js";
import { ThreadLink } from "./thread-link.js";

/** Which board of which module, and how it is watched. */
export interface BoardModuleOptions {
  /** URL of the ES module. */
  readonly module: URL | string;
  /** The export that is a board, or a function that makes one; `default` when absent. */
  readonly exportName?: string;
  /** What a function is called with; plain data. */
  readonly data?: unknown;
  /** Silence after which the driver is taken for caught in a loop, in milliseconds, 100 or more; 10 000 when absent. */
  readonly silenceMs?: number;
  /**
   * How long the board may take to open, to reset or to close, signs of life or not, in
   * milliseconds, 100 or more; 60 000 when absent.
   */
  readonly settleMs?: number;
  /** Memory of the thread, in MB, 16 or more; 1024 when absent. */
  readonly memoryMb?: number;
  /** URL of a module whose `load(url)` imports the board's, where Node itself cannot: TypeScript. */
  readonly loader?: URL | string;
}

const SILENCE_MS = 10_000;

/** A board that lives is waited for so long outside of its runs. */
const SETTLE_MS = 60_000;

/** A driver that did not return before is not waited for as long. */
const SILENCE_KNOWN_MS = 2_000;

/** To import a module gives no sign of life, and may take its time on a busy host. */
const OPENING_MS = 30_000;

/** A run that is asked to end has this long to do so. */
const GRACE_MS = 500;

/** Of a law's time: so that silence is reported before the time is up. */
const SILENCE_SHARE = 0.8;

/**
 * Opens a board that lives in a thread of its own. A driver that does not return, touching the chip or
 * not, costs its law the verdict `fail`: the run rejects with `never-ends` and says what was under
 * way, and the next `reset()` makes the board again in a new thread. So does a thread that ends.
 *
 * Silence is what is watched, not time: operations, accesses to a simulated chip and turns of the
 * thread are signs of life, and a host that had no processor for the thread is no silence.
 *
 * @throws ConformanceError `bad-module`, `invalid-option`; BoardError of the board itself, `never-ends` when its module
 * does not come to its end, `timeout` when it waits for what does not come.
 *
 * @example
 * ```ts
 * import { runConformance } from "@escapement/conformance";
 * import { openBoardModule } from "@escapement/conformance/node";
 *
 * export async function judge(url: URL) {
 *   const board = await openBoardModule({ module: url });
 *   const report = await runConformance(board);
 *   await board.close();
 *   return report;
 * }
 * ```
 */
export async function openBoardModule(options: BoardModuleOptions): Promise<Board> {
  atLeast("silenceMs", options.silenceMs, 100);
  atLeast("settleMs", options.settleMs, 100);
  atLeast("memoryMb", options.memoryMb, 16);
  const link = linkOf(options);
  const description = await opened(link, options.silenceMs);
  return new ModuleBoard(options, link, description);
}

class ModuleBoard implements Board {
  /** As long as a new thread may take to open. */
  readonly recoveryMs = OPENING_MS;
  readonly #options: BoardModuleOptions;
  readonly #description: BoardDescription;
  #link: ThreadLink;
  #silenceMs: number;
  #state: "idle" | "busy" | "closed" = "idle";

  constructor(options: BoardModuleOptions, link: ThreadLink, description: BoardDescription) {
    this.#options = options;
    this.#link = link;
    this.#description = description;
    this.#silenceMs = options.silenceMs ?? SILENCE_MS;
  }

  describe(): BoardDescription {
    return this.#description;
  }

  async run(program: Program, { timeoutMs, signal }: RunOptions = {}): Promise<Trace> {
    return this.#alone("run", async () => {
      if (signal?.aborted === true) throw aborted(signal.reason);
      await this.#revive();
      const link = this.#link;
      let grace: NodeJS.Timeout | undefined;
      const onAbort = (): void => {
        link.abort();
        grace = setTimeout(() => link.end(aborted(signal?.reason)), GRACE_MS);
      };
      signal?.addEventListener("abort", onAbort, { once: true });
      try {
        const silenceMs = Math.min(this.#silenceMs, SILENCE_SHARE * (timeoutMs ?? Infinity));
        const result = await link.ask(
          { kind: "run", program, timeoutMs },
          Math.max(100, silenceMs),
        );
        if (result.kind === "ran") return result.trace;
        throw confused(result.kind);
      } finally {
        clearTimeout(grace);
        signal?.removeEventListener("abort", onAbort);
      }
    });
  }

  async reset(): Promise<void> {
    await this.#alone("reset", async () => {
      // A new thread begins with a new board.
      if (await this.#revive()) return;
      await this.#link.ask({ kind: "reset" }, this.#silenceMs);
    });
  }

  async close(): Promise<void> {
    if (this.#state === "closed") return;
    const isBusy = this.#state === "busy";
    this.#state = "closed";
    const over = runErrors.closed();
    if (!isBusy && !this.#link.isLost) {
      await this.#link.ask({ kind: "close" }, SILENCE_KNOWN_MS).catch(() => {});
    }
    this.#link.end(over);
  }

  async #alone<T>(call: string, work: () => Promise<T>): Promise<T> {
    if (this.#state !== "idle") {
      const { name } = this.#description;
      throw this.#state === "closed"
        ? runErrors.calledAfterClose({ call, board: name })
        : runErrors.calledDuringRun({ call, board: name });
    }
    this.#state = "busy";
    try {
      return await work();
    } catch (error) {
      if (error instanceof BoardError && error.code === "never-ends") {
        this.#silenceMs = Math.min(this.#silenceMs, SILENCE_KNOWN_MS);
      }
      throw error;
    } finally {
      if (this.#state === "busy") this.#state = "idle";
    }
  }

  /** Makes the board again where its thread is gone; returns whether it did. */
  async #revive(): Promise<boolean> {
    if (!this.#link.isLost) return false;
    const link = linkOf(this.#options);
    this.#link = link;
    await opened(link, this.#options.silenceMs);
    return true;
  }
}

function linkOf(options: BoardModuleOptions): ThreadLink {
  const { module, exportName, data, memoryMb, settleMs, loader, silenceMs = OPENING_MS } = options;
  return new ThreadLink({
    describeMs: Math.min(SILENCE_MS, silenceMs / 2),
    module: String(module),
    exportName: exportName ?? "default",
    data,
    loader: loader === undefined ? undefined : String(loader),
    memoryMb: memoryMb ?? 1024,
    settleMs: settleMs ?? SETTLE_MS,
  });
}

async function opened(link: ThreadLink, silenceMs = OPENING_MS): Promise<BoardDescription> {
  try {
    const result = await link.ask({ kind: "open" }, silenceMs);
    if (result.kind === "opened") return result.description;
    throw confused(result.kind);
  } catch (error) {
    link.end(error instanceof Error ? error : new Error(thrownText(error)));
    throw error;
  }
}

function aborted(cause: unknown): BoardError {
  return runErrors.aborted({}, { cause });
}

function confused(kind: string): BoardError {
  return runErrors.threadConfused({ kind });
}

function atLeast(name: string, value: number | undefined, least: number): void {
  if (value === undefined || (Number.isFinite(value) && value >= least)) return;
  throw conformanceErrors.tooSmall({ name, value, least });
}
