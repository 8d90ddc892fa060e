import { isTrap } from "@escapement/board-c";
import { Fault } from "./run-end.js";
import { STACK_FULL_BELOW } from "./stack.js";

/** What a run that threw shows; undefined where the error is one of this program. */
export function faultOf(error: unknown, stackPointer: number): Fault | undefined {
  if (error instanceof Fault) return error;
  if (error instanceof RangeError && /call stack/i.test(error.message)) {
    return new Fault("stack overflow", "the calls are too deep for the stack");
  }
  if (!isTrap(error)) return undefined;
  if (
    /out of bounds/.test(error.message) &&
    (stackPointer | 0) < STACK_FULL_BELOW &&
    !/table/.test(error.message)
  ) {
    return new Fault("stack overflow", "the stack is full (32 KiB)");
  }
  if (/signature mismatch|table index|null function/.test(error.message)) {
    return new Fault(
      "trap",
      "a function is called that is none: a null pointer, or one of another type",
    );
  }
  return new Fault("trap", error.message);
}
