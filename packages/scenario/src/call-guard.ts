/**
 * Calls `work` and returns its result. A host that can interrupt its own thread ends a call that
 * does not return in time, and throws {@link CallNotReturned}; what the call held is then not to be used again.
 */
export type CallGuard = <T>(work: () => T) => T;

/** A call was ended, because it had not returned in its time. */
export class CallNotReturned extends Error {
  /** Name of the class, as in a stack trace. */
  override readonly name = "CallNotReturned";
  /** How long it was given, in milliseconds of the host. */
  readonly limitMs: number;
  /** The host was busy with other things for most of that time, so that it says nothing of the call. */
  readonly starved: boolean;

  /** Made by the guard. */
  constructor(limitMs: number, starved: boolean) {
    super(`a call did not return in ${limitMs} ms`);
    this.limitMs = limitMs;
    this.starved = starved;
  }
}
