import type { RunSignal } from "@escapement/scenario";

/** The few host services that Node and browsers share; typed here so that neither is needed to build. */
const host = globalThis as unknown as {
  setTimeout(callback: () => void, delayMs: number): unknown;
  clearTimeout(timer: unknown): void;
  setImmediate?(callback: () => void): unknown;
  readonly performance: { now(): number };
  readonly AbortController: new () => { readonly signal: RunSignal; abort(reason?: unknown): void };
};

/** The host's clock in milliseconds, for durations in reports only. */
export function hostNowMs(): number {
  return host.performance.now();
}

/** Lets the host serve its timers and signals; boards in virtual time never do by themselves. */
export function yieldToHost(): Promise<void> {
  return new Promise((resolve) => {
    if (host.setImmediate !== undefined) host.setImmediate(resolve);
    else host.setTimeout(resolve, 0);
  });
}

/** Calls back after a time; returns how to cancel it. */
export function startHostTimer(callback: () => void, delayMs: number): () => void {
  const timer = host.setTimeout(callback, delayMs);
  return () => host.clearTimeout(timer);
}

/** A signal and the means to raise it. */
export function abortController(): { readonly signal: RunSignal; abort(reason?: unknown): void } {
  return new host.AbortController();
}
