import type { TimerPort } from "./port.js";

/**
 * Runs a step with interrupts masked, and puts the interrupt state back as it was. For a step that may
 * look at the clock there is `Engine.masked`. Not for the hot paths: the step may be an object made
 * for the call.
 */
export function masked<Result>(port: TimerPort, step: () => Result): Result {
  const was = port.saveAndMask();
  const result = step();
  port.restore(was);
  return result;
}
