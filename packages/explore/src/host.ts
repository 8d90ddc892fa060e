/** The few host services that Node and browsers share; typed here so that neither is needed to build. */
const host = globalThis as unknown as {
  setTimeout(callback: () => void, delayMs: number): unknown;
  setImmediate?(callback: () => void): unknown;
  readonly performance: { now(): number };
};

/** The host's clock in milliseconds: for the `seconds` of a report, and to know when to yield. */
export function hostNowMs(): number {
  return host.performance.now();
}

/** Lets the host serve its timers, messages and signals. */
export function yieldToHost(): Promise<void> {
  return new Promise((resolve) => {
    if (host.setImmediate !== undefined) host.setImmediate(resolve);
    else host.setTimeout(resolve, 0);
  });
}
