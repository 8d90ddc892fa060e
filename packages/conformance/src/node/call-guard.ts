import { Script } from "node:vm";
import { type CallGuard, CallNotReturned } from "@escapement/scenario";

/** Where the script finds the work: a function, which no script's text can hold. */
const slot = Symbol.for("escapement.guarded-call");
const script = new Script(`globalThis[Symbol.for("escapement.guarded-call")]()`);

/** The scripts' own global; under some test runners it is not that of the code. */
const scriptGlobal = new Script("globalThis").runInThisContext() as Record<symbol, () => void>;

/** Less of the limit than this spent on the processor, and the host had no time for the call. */
const busyShare = 0.05;

/**
 * Makes a guard that ends a call after `limitMs`, whatever it does: V8 leaves it without running its
 * `catch` and `finally`. A call costs about a tenth of a millisecond more.
 *
 * @param isLast never says that the host was starved
 */
export function nodeGuard(limitMs: number, isLast = true): CallGuard {
  return <T>(work: () => T): T => {
    const before = process.cpuUsage();
    let result: { readonly value: T } | undefined;
    scriptGlobal[slot] = () => {
      result = { value: work() };
    };
    try {
      script.runInThisContext({ timeout: Math.ceil(limitMs), displayErrors: false });
    } catch (error) {
      if (!isTimeout(error)) throw error;
      const { user, system } = process.cpuUsage(before);
      const isStarved = !isLast && (user + system) / 1000 < busyShare * limitMs;
      throw new CallNotReturned(limitMs, isStarved);
    } finally {
      delete scriptGlobal[slot];
    }
    // The script calls the work, or throws.
    return (result as { readonly value: T } | undefined as { readonly value: T }).value;
  };
}

function isTimeout(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ERR_SCRIPT_EXECUTION_TIMEOUT";
}
