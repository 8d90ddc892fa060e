import { ERRORS } from "./layout.js";
import { masked } from "./masked.js";
import type { TimerPort } from "./port.js";
import type { SharedState } from "./shared-state.js";
import type { TimerError } from "./timer-error.js";
import { timerErrors } from "./timer-errors.js";

/** Where errors go that cannot be thrown at a caller. */
export class Reporter {
  readonly #port: TimerPort;
  readonly #state: SharedState;
  readonly #onError: ((error: TimerError) => void) | undefined;

  /** Reports to that hook, if there is one. */
  constructor(
    port: TimerPort,
    state: SharedState,
    onError: ((error: TimerError) => void) | undefined,
  ) {
    this.#port = port;
    this.#state = state;
    this.#onError = onError;
  }

  /** Reports what a callback threw. Not with interrupts masked by the HAL. */
  callbackThrew(slot: number, cause: unknown): void {
    this.#report(timerErrors.callbackThrew({ slot, thrown: describe(cause) }, { cause }));
  }

  /** Reports a lost wrap. Not with interrupts masked by the HAL. */
  overflowMissed(): void {
    this.#report(timerErrors.overflowMissed());
  }

  #report(error: TimerError): void {
    const state = this.#state;
    masked(this.#port, () => state.store(ERRORS, state.load(ERRORS) + 1));
    try {
      this.#onError?.(error);
    } catch {
      // The hook is the last resort: what it throws has no place to go, and the timers must go on.
    }
  }
}

/** What was thrown, as text; an object whose conversion throws must not escape from the interrupt. */
function describe(cause: unknown): string {
  try {
    return String(cause);
  } catch {
    return "a value that cannot be shown";
  }
}
