import { errorTable } from "./error-table.js";
import { TimerError } from "./timer-error.js";

/** A row of the most frequent code. */
function invalid<const Message extends string, const Hint extends string>(
  message: Message,
  hint: Hint,
) {
  return { code: "invalid-argument", message, hint } as const;
}

/** Every situation in which the HAL throws or reports an error. */
export const timerErrors = errorTable(TimerError, {
  ticks: invalid("{name} is {value}", "Give a whole number of ticks from {least} to {most}."),
  amount: invalid("{name} is {value}", "Give a number of 0 or more."),
  startArgument: invalid("start() got {value}", "Give { reference, delta }, or nothing."),
  reference: invalid(
    "reference is {value}",
    "Give a time of hal.now(), in whole ticks, now or in the past.",
  ),
  futureReference: invalid(
    "reference is {reference}, and it is {now} now",
    "Give a time of hal.now(), now or in the past; put what lies ahead into delta.",
  ),
  options: invalid("The options are {value}", "Give an object of TimerOptions."),
  modeMissing: invalid("mode is missing", 'Give "one-shot" or "periodic".'),
  callback: invalid("callback is {value}", "Give a function of one argument, the timer."),
  choice: invalid("{name} is {value}", "Give {known}."),
  autoRelease: invalid("autoRelease is {value}", "Give true or false."),
  autoReleasePeriodic: invalid(
    "autoRelease is true for a periodic timer",
    "Only a one-shot can release itself; call deinit() on a periodic one.",
  ),
  periods: invalid(
    "{count} of periodTicks, periodUs and frequencyHz are given",
    "Give exactly one of periodTicks, periodUs and frequencyHz.",
  ),
  periodRange: invalid(
    "{name} is {value}",
    "Give a positive number that comes to 1 to {most} ticks on this port.",
  ),
  counterBits: invalid("counterBits is {value}", "Give the counter's width, 3 to 64."),
  compareBits: invalid(
    "compareBits is {value}",
    "Give the compare register's width, 3 to counterBits, or leave it out.",
  ),
  frequency: invalid("frequencyHz is {value}", "Give the counter's ticks per second."),
  autoClear: invalid(
    "autoClear is {value}",
    "Give true where entering the overflow's vector clears its flag, else false, or leave it out.",
  ),
  minDelta: invalid(
    "minDeltaTicks is {value}",
    "Give a whole number from 1 to half a lap of the compare, {most}.",
  ),
  capacity: invalid("capacity is {value}", "Give a whole number from 1 to {most}."),
  hook: invalid("{name} is {value}", "Give a function, or leave it out."),
  capacityExhausted: {
    code: "capacity-exhausted",
    message: "All {capacity} timers are in use",
    hint: "Release timers with deinit(), use autoRelease, or give the HAL a larger capacity.",
  },
  staleHandle: {
    code: "stale-handle",
    message:
      "Slot {slot}, generation {generation} was released; the slot is now at generation {now}",
    hint: "Keep no handle after deinit(), nor one of a timer with autoRelease; make a new timer.",
  },
  shutDown: {
    code: "timer-shut-down",
    message: "The timer in slot {slot} was shut down",
    hint: "A shutdown is for good; release it with deinit() and make a new timer.",
  },
  closed: {
    code: "hal-closed",
    message: "The HAL was closed by deinit()",
    hint: "Make a new TimerHal.",
  },
  callAfterClose: {
    code: "hal-closed",
    message: "{call} came after deinit()",
    hint: "Make a new TimerHal.",
  },
  reentrantService: {
    code: "reentrant-service",
    message: "service() was called from inside a soft callback",
    hint: "Return from the callback; the running service() goes on with what waits.",
  },
  inInterrupt: {
    code: "in-interrupt",
    message: "{call} was called in interrupt context",
    hint: "Call it from a thread, or from a soft callback.",
  },
  callbackThrew: {
    code: "callback-threw",
    message: "The callback of the timer in slot {slot} threw: {thrown}",
    hint: "Catch it in the callback; the timer itself goes on as it was.",
  },
  overflowMissed: {
    code: "overflow-missed",
    message: "The counter wrapped more than once before its overflow was counted",
    hint: "Keep interrupts masked for less than one lap of the counter; the time may be whole laps low.",
  },
});
