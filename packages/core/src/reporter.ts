import { ERRORS } from "./layout.js";
import type { TimerPort } from "./port.js";
import type { SharedState } from "./shared-state.js";
import { TimerError } from "./timer-error.js";

/** Where errors go that no caller can be told of. */
export class Reporter {
  private readonly port: TimerPort;
  private readonly state: SharedState;
  private readonly onError: ((error: TimerError) => void) | undefined;

  /** Reports to that hook, if there is one. */
  constructor(
    port: TimerPort,
    state: SharedState,
    onError: ((error: TimerError) => void) | undefined,
  ) {
    this.port = port;
    this.state = state;
    this.onError = onError;
  }

  /** Counts the error and passes it on. Not with interrupts masked by the HAL. */
  report(error: TimerError): void {
    const was = this.port.saveAndMask();
    this.state.store(ERRORS, this.state.load(ERRORS) + 1);
    this.port.restore(was);
    try {
      this.onError?.(error);
    } catch {
      // The hook is the last resort: there is nobody left to tell, and the timers must go on.
    }
  }

  /** Reports what a callback threw. */
  callbackThrew(slot: number, cause: unknown): void {
    this.report(
      new TimerError(
        "callback-threw",
        `The callback of the timer in slot ${slot} threw: ${describe(cause)}`,
        "Catch it in the callback; the timer itself goes on as it was.",
        { cause },
      ),
    );
  }

  /** Reports a lost wrap. */
  overflowMissed(): void {
    this.report(
      new TimerError(
        "overflow-missed",
        "The counter wrapped more than once before its overflow was counted",
        "Keep interrupts masked for less than one lap of the counter; the time may be whole laps low.",
      ),
    );
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
