import { ticksFromUs } from "./conversion.js";
import { AUTO_RELEASE, BURST, PERIODIC, REFUSE, SKIP, SOFT } from "./layout.js";
import type { TimerCallback, TimerMode, TimerOptions } from "./timer-types.js";
import { checkTicks, invalid, MAX_DELAY_TICKS, show } from "./validation.js";

/** A timer's options, checked: its flags in the slot's word, its period and its callback. */
export interface TimerSettings {
  /** The flags that say how it behaves. */
  readonly flags: number;
  /** Period or delay. */
  readonly periodTicks: number;
  /** Runs at each expiry. */
  readonly callback: TimerCallback;
}

/** The flags of a word that settings decide. */
export const SETTING_FLAGS = PERIODIC | SOFT | BURST | SKIP | REFUSE | AUTO_RELEASE;

const MODES: Record<TimerMode, number> = { "one-shot": 0, periodic: PERIODIC };
const DISPATCHES = { hard: 0, soft: SOFT };
const OVERRUNS = { coalesce: 0, burst: BURST, skip: SKIP };
const LATES = { fire: 0, refuse: REFUSE };

/** Checks options; where one is missing and there are settings `before`, that one stays. */
export function settingsFrom(
  options: Partial<TimerOptions>,
  frequencyHz: number,
  before?: TimerSettings,
): TimerSettings {
  if (typeof options !== "object" || options === null) {
    throw invalid(`The options are ${show(options)}`, "Give an object of TimerOptions.");
  }
  const old = before?.flags ?? 0;
  if (options.mode === undefined && before === undefined) {
    throw invalid("mode is missing", 'Give "one-shot" or "periodic".');
  }
  const callback = options.callback === undefined ? before?.callback : options.callback;
  if (typeof callback !== "function") {
    throw invalid(`callback is ${show(callback)}`, "Give a function of one argument, the timer.");
  }
  const flags =
    choice("mode", MODES, options.mode, old & PERIODIC) |
    choice("dispatch", DISPATCHES, options.dispatch, old & SOFT) |
    choice("overrun", OVERRUNS, options.overrun, old & (BURST | SKIP)) |
    choice("late", LATES, options.late, old & REFUSE) |
    autoRelease(options.autoRelease, old & AUTO_RELEASE);
  if ((flags & AUTO_RELEASE) !== 0 && (flags & PERIODIC) !== 0) {
    throw invalid(
      "autoRelease is true for a periodic timer",
      "Only a one-shot can release itself; call deinit() on a periodic one.",
    );
  }
  return { flags, periodTicks: periodFrom(options, frequencyHz, before?.periodTicks), callback };
}

function choice(
  name: string,
  choices: Readonly<Record<string, number>>,
  value: string | undefined,
  old: number,
): number {
  if (value === undefined) {
    return old;
  }
  const flag = Object.hasOwn(choices, value) ? choices[value] : undefined;
  if (flag === undefined) {
    const known = Object.keys(choices).map(show).join(" or ");
    throw invalid(`${name} is ${show(value)}`, `Give ${known}.`);
  }
  return flag;
}

function autoRelease(value: unknown, old: number): number {
  if (value === undefined) {
    return old;
  }
  if (typeof value !== "boolean") {
    throw invalid(`autoRelease is ${show(value)}`, "Give true or false.");
  }
  return value ? AUTO_RELEASE : 0;
}

function periodFrom(
  options: Partial<TimerOptions>,
  frequencyHz: number,
  old: number | undefined,
): number {
  const { periodTicks, periodUs, frequencyHz: rateHz } = options;
  const given =
    (periodTicks === undefined ? 0 : 1) +
    (periodUs === undefined ? 0 : 1) +
    (rateHz === undefined ? 0 : 1);
  if (given === 0 && old !== undefined) {
    return old;
  }
  if (given !== 1) {
    throw invalid(
      `${given} of periodTicks, periodUs and frequencyHz are given`,
      "Give exactly one of periodTicks, periodUs and frequencyHz.",
    );
  }
  if (periodTicks !== undefined) {
    return checkTicks("periodTicks", periodTicks, 1);
  }
  if (periodUs !== undefined) {
    return inRange("periodUs", periodUs, (us) => ticksFromUs(us, frequencyHz));
  }
  return inRange("frequencyHz", rateHz, (rate) => Math.round(frequencyHz / rate));
}

/** Converts a positive, finite number to ticks, and refuses what is below 1 or beyond range. */
function inRange(name: string, value: unknown, convert: (value: number) => number): number {
  if (typeof value === "number" && value > 0 && value < Number.POSITIVE_INFINITY) {
    const ticks = convert(value);
    if (ticks >= 1 && ticks <= MAX_DELAY_TICKS) {
      return ticks;
    }
  }
  throw invalid(
    `${name} is ${show(value)}`,
    `Give a positive number that comes to 1 to ${MAX_DELAY_TICKS} ticks on this port.`,
  );
}
