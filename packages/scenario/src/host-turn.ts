/** The services of a host that are used here; Node and browsers have one of the two. */
const host = globalThis as unknown as {
  setTimeout(callback: () => void, delayMs: number): unknown;
  setImmediate?(callback: () => void): unknown;
};

/** A host has its turn so often: a Ctrl-C is to be noticed at once, and to give it costs little. */
const EVERY_MS = 50;

/** Gives the host its turn now and then, in which it serves timers and signals. */
export class HostTurns {
  #lastMs: number | undefined;

  /** Settles at once, or after a turn of the host where the last one is some time ago; `nowMs` is any clock's. */
  async give(nowMs: number): Promise<void> {
    this.#lastMs ??= nowMs;
    if (nowMs - this.#lastMs < EVERY_MS) return;
    this.#lastMs = nowMs;
    await new Promise<void>((resolve) => {
      if (host.setImmediate !== undefined) host.setImmediate(resolve);
      else host.setTimeout(resolve, 0);
    });
  }
}
